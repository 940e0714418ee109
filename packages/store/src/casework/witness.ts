// Witnesses as officers see them: how far our log is witnessed, and what we witnessed of our peers'.

import type { Reader } from '../database.ts';

export type WitnessCounts = { size: number | null; by: number; at: Date | null; logs_forked: number };

/** The newest checkpoint that at least so many witnesses have cosigned, and how many peers' logs have forked before our eyes. */
export async function countWitnesses(border: Reader, required: number): Promise<WitnessCounts> {
  const [row] = await border.query<WitnessCounts>(
    `SELECT k.size, coalesce(k.by, 0) AS by, k.at, (SELECT count(DISTINCT log) FROM forks) AS logs_forked
     FROM (VALUES (1)) AS one
     LEFT JOIN LATERAL (SELECT size, count(*) AS by, max(cosigned_at) AS at FROM cosignatures
       GROUP BY size HAVING count(*) >= $1 ORDER BY size DESC LIMIT 1) AS k ON true`,
    [required],
  );
  return row!;
}

export type PeerWitness = {
  peer: string;
  log_forked: boolean;
  witnessed: { size: number; at: Date; refused_at: Date | null } | null;
  cosigned: { size: number | null; at: Date | null; fault: string | null } | null;
};

/** What we cosigned of each peer's log, and it of ours, by origin. */
export async function readWitnesses(border: Reader): Promise<Map<string, PeerWitness>> {
  const rows = await border.query<{
    peer: string;
    size: number | null;
    at: Date | null;
    refused_at: Date | null;
    log_forked: boolean;
    cosigned_size: number | null;
    cosigned_at: Date | null;
    fault: string | null;
  }>(
    `SELECT p.origin AS peer, w.size, w.cosigned_at AS at, w.refused_at,
       EXISTS (SELECT FROM forks f WHERE f.peer = p.origin) AS log_forked,
       k.size AS cosigned_size, k.cosigned_at, c.witness_fault AS fault
     FROM peers p LEFT JOIN witnessed w ON w.peer = p.origin LEFT JOIN cursors c ON c.peer = p.origin
     LEFT JOIN LATERAL
       (SELECT size, cosigned_at FROM cosignatures WHERE peer = p.origin ORDER BY size DESC LIMIT 1) AS k ON true`,
  );
  return new Map(
    rows.map(({ peer, size, at, refused_at, log_forked, cosigned_size, cosigned_at, fault }) => [
      peer,
      {
        peer,
        log_forked,
        witnessed: size === null || at === null ? null : { size, at, refused_at },
        cosigned: cosigned_size === null && fault === null ? null : { size: cosigned_size, at: cosigned_at, fault },
      },
    ]),
  );
}

export type ForkRow = {
  smaller_size: number;
  larger_size: number;
  smaller: string;
  larger: string;
  root: Buffer;
  proof: Buffer[];
  descriptors: string[];
  at: Date;
};

/** The proofs that a peer's log has forked. */
export async function readForks(border: Reader, peer: string): Promise<ForkRow[]> {
  return border.query<ForkRow>(
    `SELECT smaller_size, larger_size, smaller, larger, root, proof, descriptors, found_at AS at FROM forks
     WHERE peer = $1 ORDER BY found_at, smaller_size, larger_size`,
    [peer],
  );
}
