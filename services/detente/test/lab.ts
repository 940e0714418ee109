// A lab as it should be: what got no answer it sends again, under the same key, until it has a receipt.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addLab, type TestNode } from '@detente/testkit';

/** `text`: the report as it was sent. */
export type Acknowledged = { id: string; title: string; leaf: string; text?: string };

export type Lab = {
  /** Its API key. */
  key: string;
  /** What was answered with a receipt. */
  acknowledged: Acknowledged[];
  /** How many reports were made. */
  made: number;
  /** Reports one by one, all at once, so that they come in as groups.
   *  @param more fields of each */
  report(count: number, domain: string, more?: object): Promise<void>;
  /** Imports cases of a registry in one request. */
  imports(count: number, domain: string): Promise<void>;
};

/** Registers a lab with a node. */
export async function patientLab(node: TestNode): Promise<Lab> {
  const key = await addLab(node, 'Northlight');
  const lab: Lab = { key, acknowledged: [], made: 0, report, imports };

  function nextReport(domain: string, source?: object, more: object = {}) {
    lab.made += 1;
    const title = `An agent of ${node.name} ran unapproved command ${lab.made}`;
    const fields = {
      kind: 'incident',
      title,
      summary: 'Nobody had approved it.',
      language: 'en',
      hazard_domain: domain,
      ...more,
    };
    return {
      title,
      text: JSON.stringify({ fields, parties: { deployer: ['Harbour Works'] }, ...(source && { source }) }),
    };
  }

  async function report(count: number, domain: string, more?: object): Promise<void> {
    const reports = Array.from({ length: count }, () => nextReport(domain, undefined, more));
    await Promise.all(
      reports.map(async ({ title, text }) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
        const { id, receipt } = JSON.parse(await untilAnswered('/reporting/v1/cases', text, headers));
        lab.acknowledged.push({ id, title, leaf: receipt.leaf, text });
      }),
    );
  }

  async function imports(count: number, domain: string): Promise<void> {
    const reports = Array.from({ length: count }, () => nextReport(domain, { registry: 'aiid', id: randomUUID() }));
    const headers = { 'content-type': 'application/x-ndjson' };
    const body = reports.map(({ text }) => `${text}\n`).join('');
    const known = await untilAnswered('/reporting/v1/cases/batch', body, headers, count);
    for (const [at, line] of known.trim().split('\n').entries()) {
      const { id, receipt } = JSON.parse(line);
      lab.acknowledged.push({ id, title: reports[at]!.title, leaf: receipt?.leaf ?? '' });
    }
  }

  /** @param lines that a whole answer has */
  async function untilAnswered(
    path: string,
    body: string,
    headers: Record<string, string>,
    lines = 0,
  ): Promise<string> {
    for (let attempt = 0; attempt < 600; attempt++) {
      const answer = await send(path, body, { ...headers, authorization: `Bearer ${key}` }).catch(() => undefined);
      if (answer && answer.status >= 400 && answer.status < 500) throw new Error(`refused: ${answer.text}`);
      const isWhole = answer && answer.text.split('\n').length > lines && !answer.text.includes('"refused"');
      if (isWhole && answer.status < 300) return answer.text;
      await sleep(100);
    }
    throw new Error(`${path} was not answered`);
  }

  async function send(path: string, body: string, headers: Record<string, string>) {
    const answer = await fetch(node.address + path, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  }

  return lab;
}
