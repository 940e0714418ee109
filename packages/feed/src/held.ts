// What a receiver holds of a peer when a page comes in. Everything in it is data: threads get copies.
import type { KeyObject } from 'node:crypto';
import type { Checkpoint, Frontier } from '@detente/tlog';

/** Who issues records, and with which keys: all that it ever had, by thumbprint. */
export interface Issuer {
  /** Origin URL, as in a record's `iss`. */
  iss: string;
  recordKeys: ReadonlyMap<string, KeyObject>;
}

/** An issuer and its log. */
export interface PeerLog extends Issuer {
  /** The log's name, `<host[:port]>/log/v1`. */
  log: string;
  /** The log's key, and the next one during a rotation. */
  logKeys: readonly KeyObject[];
}

export interface Held {
  peer: PeerLog;
  /** The peer's log up to the cursor: `frontier.size` is the `after` that was asked for. */
  frontier: Frontier;
  /** The largest checkpoint that was verified so far. */
  checkpoint?: Pick<Checkpoint, 'size' | 'root'>;
  /** The last late number that was stored. */
  lateCursor: number;
  /** Records of both lists together: the `limit` that was asked for. */
  maxRecords: number;
  /** Enrolled origins for which this peer is an accepted relay, by the name of their log. */
  relays?: ReadonlyMap<string, PeerLog>;
  /** Digest of the terms that the receiver has computed for a day; undefined for a day that it does not accept.
   *  Without this, `day` and `terms` are for the caller to check. */
  termsOf?: (day: string) => string | undefined;
}
