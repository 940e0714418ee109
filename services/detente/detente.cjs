// Starts the command on the machine's own Node. Plain JavaScript, so that an old Node can say what is missing.

const { join } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
const fits = major > 22 || (major === 22 && minor >= 18);

if (fits) import(join(__dirname, 'src', 'main.ts'));
else {
  console.error(
    `detente: Node ${process.versions.node} is too old and no newer one was installed: run npm run setup, or install Node 22.18 or newer.`,
  );
  process.exitCode = 3;
}
