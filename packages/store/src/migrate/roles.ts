// Who may log in to which database (design section 3). What a role may do inside stands in migrations/<database>/grants.sql.

import type { ClientBase } from 'pg';
import pg from 'pg';

const { escapeIdentifier, escapeLiteral } = pg;

export type DatabaseKind = 'home' | 'border';

/** Owns every object, may not log in; migrations run as it. */
export const OWNER = 'detente_owner';

export const ROLES = {
  home: ['detente_reporting', 'detente_casework', 'detente_worker'],
  border: ['detente_casework', 'detente_worker', 'detente_exchange', 'detente_publication'],
} as const satisfies Record<DatabaseKind, readonly string[]>;

export type Role = (typeof ROLES)[DatabaseKind][number];

export type Passwords = Partial<Record<Role, string>>;

/** Makes the owner and the database's login roles where they are missing. A role whose password is absent keeps the one
 *  it has, so that somebody else can manage the roles. */
export async function ensureRoles(admin: ClientBase, kind: DatabaseKind, passwords: Passwords): Promise<void> {
  await ensureRole(admin, OWNER, 'NOLOGIN');
  // A managed server's administrator is no superuser and must be a member to act as the owner.
  const { rows } = await admin.query(`SELECT pg_has_role(current_user, $1, 'SET') AS may_act`, [OWNER]);
  if (!rows[0].may_act) await admin.query(`GRANT ${OWNER} TO CURRENT_USER WITH SET TRUE, INHERIT TRUE`);
  for (const role of ROLES[kind]) {
    await ensureRole(admin, role, 'LOGIN NOINHERIT');
    const password = passwords[role];
    if (password !== undefined) await admin.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
  }
}

/** Makes the database where it is missing, sorted by code point whatever the server's locale. */
export async function ensureDatabase(admin: ClientBase, name: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return;
  await admin.query(
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${OWNER} TEMPLATE template0 ENCODING 'UTF8'
     LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`,
  );
}

/** Lets only the database's own roles in. Needed again for a clone: CREATE DATABASE … TEMPLATE copies no such grants. */
export async function secureDatabase(admin: ClientBase, kind: DatabaseKind, name: string): Promise<void> {
  await admin.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(name)} TO ${ROLES[kind].join(', ')}`);
}

/** Nothing that the owner makes later is open to everybody: functions are, unless this says otherwise. */
export async function secureSchema(owner: ClientBase): Promise<void> {
  await owner.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  await owner.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${OWNER} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`);
}

/** The administrator's connection string, turned to another database and acting as the owner. */
export function ownerUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  url.searchParams.set('options', `-c role=${OWNER}`);
  return url.href.replaceAll('+', '%20');
}

/** The connection string of a role. */
export function roleUrl(adminUrl: string, name: string, role: Role, password: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

async function ensureRole(admin: ClientBase, role: string, attributes: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount) return;
  await admin.query(`CREATE ROLE ${role} NOSUPERUSER NOCREATEDB NOCREATEROLE ${attributes}`);
}
