// Refuses every socket and name look-up that leaves loopback, and writes down who tried. Loaded by `--require` and by the jest set-up.
'use strict';
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');

const MARK = Symbol.for('cliparity.loopback-guard');

function isLoopback(host) {
  if (host === undefined || host === null || host === '') return true;
  const name = String(host)
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    name === '::ffff:127.0.0.1' ||
    /^127\.\d+\.\d+\.\d+$/.test(name) ||
    name === '0.0.0.0' ||
    name === '::'
  );
}

function refuse(what) {
  const log = process.env.CLIPARITY_GUARD_LOG;
  if (log) appendFileSync(log, `${what}\n`);
  const error = new Error(`loopback guard: refused ${what}`);
  error.code = 'ECONNREFUSED';
  return error;
}

function hostOf(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (first !== null && typeof first === 'object') return first.path ? undefined : first.host;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined;
  return typeof args[1] === 'string' ? args[1] : undefined;
}

if (!net.Socket.prototype[MARK]) {
  Object.defineProperty(net.Socket.prototype, MARK, { value: true });
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(...args) {
    const host = hostOf(args);
    if (isLoopback(host)) return connect.apply(this, args);
    const error = refuse(`connection to ${host}`);
    process.nextTick(() => this.destroy(error));
    return this;
  };
  const lookup = dns.lookup;
  dns.lookup = function guarded(host, ...rest) {
    if (isLoopback(host)) return lookup.call(dns, host, ...rest);
    const error = refuse(`look-up of ${host}`);
    process.nextTick(() => rest[rest.length - 1](error));
  };
}
