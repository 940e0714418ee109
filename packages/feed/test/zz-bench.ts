import { createVerifier, verifyPage, readPage, verifyItem } from '../src/index.ts';
import { presentationOf, TestLog, TestNode } from './federation.ts';
const cn = new TestNode('cn.example', 1000);
const log = new TestLog(cn, 20000, (i) => (i % 20 === 7 ? cn.records[(i - 7) / 20] : undefined));
const input = { after: 0, records: cn.records.map((r, i) => ({ index: i * 20 + 7, presentation: presentationOf(r, 5) })) };
const time = async (n: string, f: () => unknown) => { await f(); await f(); const c=process.cpuUsage(); const e=performance.eventLoopUtilization(); const t = performance.now(); for (let i = 0; i < 5; i++) await f(); const d=process.cpuUsage(c); console.log(n, ((performance.now() - t) / 5).toFixed(1), 'ms', 'cpu', ((d.user+d.system)/5000).toFixed(0), 'main active', (performance.eventLoopUtilization(e).active/5).toFixed(0)); };
const held = log.held(0);
const text = log.page(input);
await time('verifyPage', () => verifyPage(text, held));
const verdict = verifyItem(input.records[0]!.presentation, cn.peer);
const many = Array.from({length:1000},()=>verifyItem(input.records[0]!.presentation, cn.peer));
await time('clone 1000', () => structuredClone(many));
await time('json 1000', () => JSON.parse(JSON.stringify(many)));
for (const threads of [1, 2]) { const v = createVerifier({ threads }); await time('threads ' + threads, () => v.verify(text, held)); await v.close(); }
