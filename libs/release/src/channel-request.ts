import type { Channel } from './policy/channel.ts';
import type { ReleaseRequest } from './run.ts';

/** Rule C3: the same request for a channel; `apart`: that has a registry of its own. */
export function channelRequest(request: ReleaseRequest, channel: Channel, apart: boolean): ReleaseRequest {
  return {
    ...request,
    detect: { ...request.detect, channel: channel.id, releaseDev: true },
    versions: { ...request.versions, channel, releaseDev: true },
    surroundings: { ...request.surroundings, channel: { id: channel.id, apart } },
  };
}
