import { parsers } from '@detente/testkit/fuzz';
import { isSlow, runBriefly } from './fuzz-briefly.ts';

for (const parser of parsers) if (isSlow(parser)) runBriefly(parser);
