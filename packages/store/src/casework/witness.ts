// Witnesses as officers see them: how far our log is witnessed, and what we witnessed of our peers'.

import type { Asker, Reader } from '../database.ts';

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
  mirrored: { size: number; fault: string | null; at: Date | null } | null;
};

/** What we cosigned and mirror of each peer's log, and what it cosigned of ours, by origin. */
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
    mirror_size: number | null;
    mirror_fault: string | null;
    mirror_fault_at: Date | null;
  }>(
    `SELECT p.origin AS peer, w.size, w.cosigned_at AS at, w.refused_at,
       EXISTS (SELECT FROM forks f WHERE f.peer = p.origin) AS log_forked,
       k.size AS cosigned_size, k.cosigned_at, c.witness_fault AS fault,
       m.size AS mirror_size, m.fault AS mirror_fault, m.fault_at AS mirror_fault_at
     FROM peers p LEFT JOIN witnessed w ON w.peer = p.origin LEFT JOIN cursors c ON c.peer = p.origin LEFT JOIN mirrors m ON m.log = p.log_name
     LEFT JOIN LATERAL
       (SELECT size, cosigned_at FROM cosignatures WHERE peer = p.origin ORDER BY size DESC LIMIT 1) AS k ON true`,
  );
  return new Map(
    rows.map(({ peer, log_forked, size, at, refused_at, cosigned_size, cosigned_at, fault, ...mirror }) => {
      const { mirror_size, mirror_fault, mirror_fault_at } = mirror;
      const seen = {
        peer,
        log_forked,
        witnessed: size === null || at === null ? null : { size, at, refused_at },
        cosigned: cosigned_size === null && fault === null ? null : { size: cosigned_size, at: cosigned_at, fault },
        mirrored: mirror_size === null ? null : { size: mirror_size, fault: mirror_fault, at: mirror_fault_at },
      };
      return [peer, seen];
    }),
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
export async function readForks(border: Asker, peer: string): Promise<ForkRow[]> {
  return border.query<ForkRow>(
    `SELECT smaller_size, larger_size, smaller, larger, root, proof, descriptors, found_at AS at FROM forks
     WHERE peer = $1 ORDER BY found_at, smaller_size, larger_size`,
    [peer],
  );
}
