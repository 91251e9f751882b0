/** File systems that hold no files of anybody: the kernel's own views, and device nodes. */
const VIEWS =
  /^(proc|sysfs|cgroup2?|devpts|devtmpfs|mqueue|securityfs|debugfs|tracefs|pstore|bpf|configfs|fusectl|hugetlbfs|binfmt_misc|efivarfs|autofs|nsfs|rpc_pipefs|selinuxfs)$/;

const unescaped = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/**
 * The writable mounts in a text of /proc/<pid>/mountinfo, outermost first, each place once. Pure.
 * Source: proc(5): `id parent dev root path options … - type source super-options`.
 */
export function writableMounts(mountinfo: string): readonly string[] {
  const last = new Map<string, boolean>();
  for (const line of mountinfo.split('\n')) {
    const match = /^\d+ \d+ \S+ \S+ (\S+) (\S+) .*?- (\S+)/.exec(line);
    if (match === null) continue;
    const [, escaped = '', options = '', type = ''] = match;
    const path = unescaped(escaped);
    // A place that is mounted over shows its last mount only.
    last.set(path, options.split(',').includes('rw') && !VIEWS.test(type));
  }
  const open = [...last].flatMap(([path, writable]) => (writable ? [path] : []));
  return open.sort((a, b) => a.length - b.length);
}
