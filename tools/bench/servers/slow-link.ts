import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SlowLink {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * A TCP proxy on loopback to `target` that takes its time like a line with that round trip: half of it in each direction, and one
 * whole before the first byte of a connection, as TCP's handshake does. Bandwidth is not limited.
 */
export async function openSlowLink(target: number, roundTrip: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
    }
    forward(client, upstream, { delay: roundTrip / 2, openedAt: performance.now() + roundTrip });
    forward(upstream, client, { delay: roundTrip / 2, openedAt: 0 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Timers of different lengths need not fire in order, so each lets through whatever waits longest. */
function forward(from: Socket, to: Socket, { delay, openedAt }: { delay: number; openedAt: number }): void {
  const waiting: (() => void)[] = [];
  const later = (act: () => void): void => {
    const now = performance.now();
    waiting.push(act);
    setTimeout(() => waiting.shift()?.(), Math.max(now, openedAt) - now + delay);
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
}
