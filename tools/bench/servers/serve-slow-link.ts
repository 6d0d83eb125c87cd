/** Opens a slow link and prints its port; ends by a signal. Arguments: the target's port, the round trip in milliseconds. */
import { openSlowLink } from './slow-link.ts';

const [, , target, roundTrip] = process.argv;
const { port } = await openSlowLink(Number(target), Number(roundTrip));
process.stdout.write(`${port}\n`);
