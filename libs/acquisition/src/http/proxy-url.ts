import { UsageError } from '@cliparity/model';

/**
 * The address of a proxy: `host:port` is taken for one that is spoken to in plain HTTP, as other programs take it.
 * Throws UsageError PROXY_INVALID. Pure.
 */
export function proxyUrl(text: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(whole) && /^(https?|socks5?):$/.test(new URL(whole).protocol)) return whole;
  throw new UsageError('PROXY_INVALID', `"${text.replace(/^.*@/s, '***@')}" is no address of a proxy`, {
    where: 'HTTP_PROXY, HTTPS_PROXY or npm’s proxy and https-proxy',
    remedy: 'Write it as http://host:port, or unset it.',
  });
}
