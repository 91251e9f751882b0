import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writableMounts } from './mounts.js';

describe('writableMounts', () => {
  it('lists what can be written, outermost first, and neither the kernel’s views nor devices', () => {
    const text = `36 35 8:1 / /home/some\\040one rw,nosuid shared:7 - ext4 /dev/a rw
35 1 8:2 / / rw,relatime shared:1 master:2 - ext4 /dev/b rw,errors=continue
37 35 0:4 / /proc rw - proc proc rw
38 35 0:5 / /dev rw - devtmpfs dev rw
39 38 0:6 / /dev/shm rw - tmpfs tmpfs rw
40 35 8:3 / /snap/x ro - squashfs /dev/c ro
`;
    expect(writableMounts(text)).toEqual(['/', '/dev/shm', '/home/some one']);
  });
  it('looks at the last of several mounts at one place', () => {
    const two = (first: string, last: string) =>
      writableMounts(`1 0 8:1 / /m ${first} - ext4 x rw\n2 0 8:1 / /m ${last} - ext4 x rw`);
    expect(two('rw', 'ro')).toEqual([]);
    expect(two('ro', 'rw')).toEqual(['/m']);
  });
  it('answers for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void writableMounts(text)));
  });
});
