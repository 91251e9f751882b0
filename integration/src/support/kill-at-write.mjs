// Loaded before the command by `--import`: ends the process without any farewell at the n-th change of a file below a folder. The moment before
// and the moment after each rename and removal count: everything else that a power cut could leave is one of these states.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { CLIPARITY_KILL_BELOW: below = '', CLIPARITY_KILL_AT: at, CLIPARITY_KILL_COUNT: count } = process.env;
const { promises } = fs;
let seen = 0;

function step(...paths) {
  if (!paths.some((path) => String(path).startsWith(below))) return;
  seen += 1;
  if (count !== undefined) fs.writeFileSync(count, String(seen));
  if (seen === Number(at)) process.kill(process.pid, 'SIGKILL');
}

const { rename } = promises;
promises.rename = async (from, to) => {
  step(from, to);
  await rename(from, to);
  step(from, to);
};
for (const name of ['rm', 'rmdir', 'unlink']) {
  const remove = promises[name];
  promises[name] = async (path, ...rest) => {
    await remove(path, ...rest);
    step(path);
  };
}
syncBuiltinESMExports();
