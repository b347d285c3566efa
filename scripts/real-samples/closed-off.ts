import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Namespaces of their own for what is driven: files under /etc, /var, /run, /home and /dev, the network (loopback alone),
 * the host name and the process numbers. Nothing of it is left when the first process in it ends, whatever ends it.
 */
const setUp = `
set -e
mkdir -p "$CLOSED"
mount -t tmpfs tmpfs "$CLOSED"
for part in etc var root home srv; do
  mkdir -p "$CLOSED/$part.up" "$CLOSED/$part.work"
  mount -t overlay overlay -o "lowerdir=/$part,upperdir=$CLOSED/$part.up,workdir=$CLOSED/$part.work" "/$part"
done
mount -t tmpfs tmpfs /run
touch /run/utmp
chgrp utmp /run/utmp
chmod 664 /run/utmp
mkdir "$CLOSED/dev"
mount -t tmpfs tmpfs "$CLOSED/dev"
for one in null zero full random urandom tty; do
  touch "$CLOSED/dev/$one"
  mount --bind "/dev/$one" "$CLOSED/dev/$one"
done
mkdir "$CLOSED/dev/pts" "$CLOSED/dev/shm" "$CLOSED/dev/net"
mount -t devpts devpts "$CLOSED/dev/pts" -o newinstance,ptmxmode=0666,mode=620
chmod 1777 "$CLOSED/dev/shm"
if [ -e /dev/net/tun ]; then touch "$CLOSED/dev/net/tun"; mount --bind /dev/net/tun "$CLOSED/dev/net/tun"; fi
ln -s pts/ptmx "$CLOSED/dev/ptmx"
ln -s /proc/self/fd "$CLOSED/dev/fd"
mount --move "$CLOSED/dev" /dev
ip link set lo up
ip address add 198.51.100.7/32 dev lo
ip address add 198.51.100.8/32 dev lo
hostname db1
printf '127.0.0.1 localhost\n198.51.100.8 db1.meridian.example db1\n' > /etc/hosts
exec "$@"
`

/** Runs a program closed off from the machine; resolves with its exit code. */
export async function runClosedOff(command: readonly string[], folder: string): Promise<number> {
  const child = spawn(
    'setpriv',
    [
      ...'--pdeathsig KILL unshare --mount --net --uts --ipc --pid --fork --kill-child=KILL --mount-proc sh -c'.split(' '),
      setUp,
      'sh',
      ...command,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, CLOSED: `${folder}/closed` } },
  )
  const end = (): void => {
    child.kill('SIGKILL')
  }
  process.prependOnceListener('exit', end)
  const [code] = (await once(child, 'exit')) as [number | null]
  process.off('exit', end)
  return code ?? 1
}
