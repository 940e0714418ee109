// A process that a parent forks: serves the sample until it is told to stop. Not a test by itself.

import { listen, runProcess } from '../src/index.ts';
import { sampleService } from './sample.ts';

runProcess('sample', async () => {
  const app = await sampleService();
  app.get('/slow', { schema: { hide: true } }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return 'done';
  });
  await listen(app, { port: 0, host: process.env.SAMPLE_HOST ?? '127.0.0.1' });
  // As a library that does something in the background.
  if (process.env.SAMPLE_FAULT) setTimeout(() => Promise.reject(new Error('the background broke')), 50);
});
