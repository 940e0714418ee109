// A process that a parent forks: serves the sample until it is told to stop. Not a test by itself.

import { listen, settingsGiven } from '../src/index.ts';
import { sampleService } from './sample.ts';

await settingsGiven();
const app = await sampleService();
app.get('/slow', { schema: { hide: true } }, async () => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return 'done';
});
await listen(app, { port: 0, host: process.env.SAMPLE_HOST ?? '127.0.0.1' });
