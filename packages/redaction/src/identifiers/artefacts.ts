// What names a file, a model, a data set or a change of code: hashes, ids, commits.
import type { Rule } from './rule.ts';

/** Publishers of models whose names tell a path of theirs from `and/or`. */
const PUBLISHERS =
  'openai|openai-community|anthropic|meta-llama|facebook|google|google-bert|deepmind|microsoft|nvidia|mistralai|Qwen|deepseek-ai|moonshotai|zai-org|THUDM|01-ai|baichuan-inc|internlm|MiniMaxAI|' +
  'stabilityai|runwayml|CompVis|black-forest-labs|EleutherAI|bigscience|bigcode|allenai|tiiuae|CohereForAI|CohereLabs|cohere|databricks|mosaicml|HuggingFaceH4|HuggingFaceTB|' +
  'lmsys|teknium|NousResearch|TheBloke|unsloth|mlx-community|sentence-transformers|distilbert|laion|ibm-granite|apple|xai-org|ai21labs|Salesforce|HuggingFaceFW|HuggingFaceM4|tencent|baidu|ByteDance-Seed|stepfun-ai|BAAI|OpenGVLab|openbmb|upstage|LGAI-EXAONE|naver-hyperclovax|sakanaai|rinna|cyberagent|elyza|sarvamai|inceptionai|utter-project';

const MODEL_WORD =
  /\d[bBmMtT]\b|[vV]\d|instruct|chat|base|uncased|cased|large|small|mini|turbo|gpt|llama|bert|qwen|mistral|mixtral|gemma|phi|falcon|t5|clip|diffusion|sdxl|whisper|lora|gguf|awq|gptq|int[48]|fp16|coder|vl\b|moe|embed|rerank|dataset|corpus|bench|squad|alpaca|sft|dpo|rlhf/i;

export const ARTEFACT_RULES: readonly Rule[] = [
  {
    kind: 'hash',
    least: { hex: 32 },
    pattern:
      /(?<![\w])(?:sha(?:1|224|256|384|512)[:=-]|0x)?(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})(?![\w])/gi,
    check: (hit) => /\d/.test(hit) && /[a-f]/i.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    least: { mixed: 40 },
    hint: /sha\d{3}-/i,
    pattern: /(?<![\w])sha(?:256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    least: { hex: 12 },
    hint: /-[0-9a-f]{4}-[0-9a-f]{4}-/i,
    // A UUID (RFC 9562).
    pattern: /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    needs: '$',
    hint: /\$\w{1,9}\$/,
    // Of passwords, as `crypt` writes them: bcrypt, SHA-crypt, yescrypt, Argon2, scrypt.
    pattern: /(?<![\w$])\$(?:2[abxy]?|[156y]|argon2(?:id|i|d)|scrypt)\$(?:[\w.,=/+-]{1,200}\$){0,4}[\w./+]{22,200}/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    needs: ':',
    hint: /(?:SHA256|MD5):/,
    // The fingerprint of a key, as SSH writes it.
    pattern: /(?<!\w)(?:SHA256:[A-Za-z0-9+/]{43}(?!\w)|MD5:(?:[0-9a-f]{2}:){15}[0-9a-f]{2}(?![\w:]))/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    needs: ':',
    hint: /:[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}:/i,
    // The fingerprint of a certificate: 16, 20 or 32 bytes.
    pattern: /(?<![\w:])[0-9a-f]{2}(?:(?::[0-9a-f]{2}){31}|(?::[0-9a-f]{2}){19}|(?::[0-9a-f]{2}){15})(?!:?\w)/gi,
    check: (hit) => /[a-f]/i.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    needs: ':',
    hint: /\d:[A-Za-z0-9+/]{6}/,
    // Of likeness: ssdeep.
    pattern: /(?<![\w:])\d{1,9}:[A-Za-z0-9+/]{6,64}:[A-Za-z0-9+/]{6,64}(?:,"[^"\n]{1,200}")?(?![\w:+/])/g,
    check: (hit) => /[A-Z]/.test(hit) && /[a-z]/.test(hit),
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'hash',
    least: { word: 46 },
    // What IPFS calls a file (CID of version 0 and 1), and TLSH.
    pattern: /(?<!\w)(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{56}|T1[0-9A-F]{70})(?!\w)/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'hash',
    least: { mixed: 8 },
    hint: /hash|digest|checksum|md5|sha-?\d|crc|adler/i,
    // In base64, or short.
    pattern: /(?<![\w+/=-])(?:[A-Za-z0-9+/]{22,86}={1,2}|(?:0x)?[0-9a-f]{8,16})(?![\w=])/gi,
    check: (hit) => /\d/.test(hit),
    cue: /(?:hash|digest|checksum|md5|sha-?(?:1|224|256|384|512)|crc-?(?:32|64)|adler-?32|xxh(?:ash)?)(?:sum|[ -]base64)?["']?(?: (?:is|was|of|value))?[ :=("']{1,4}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'commit',
    least: { hex: 7 },
    hint: /[0-9a-f]\.\.|-g[0-9a-f]/,
    // From one to another, and what `git describe` says.
    pattern: /(?<![\w.])(?:[0-9a-f]{7,40}\.{2,3}[0-9a-f]{7,40}|v?\d+(?:\.\d+){1,3}-\d{1,5}-g[0-9a-f]{7,40})(?![\w])/g,
    check: (hit) => hit.includes('-g') || (/\d/.test(hit) && /[a-f]/.test(hit)),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'commit',
    least: { hex: 7 },
    pattern: /(?<![\w])[0-9a-f]{7,40}(?![\w])/g,
    cue: /(?:commit|\bmerged?|revert|\bfix(?:ed|es)?|\bHEAD|\bgit\b|revision|\brev\b|\bsha\b|changeset|check(?:ed )?out|cherry-pick|bisect|rolled back|\bpinned|rebase|\bbuil[dt]|regression|introduced|\btag(?:ged)?|\bpatch|last (?:known )?(?:good|bad)|first bad|parent|提交|版本库|回滚)[^.!?。\n\d]{0,20}$/i,
    check: (hit, text, start) =>
      /\d/.test(hit) &&
      (hit.length === 40 || (hit.length < 32 && (/[a-f]/.test(hit) || isCommitOfDigits(hit, text, start)))) &&
      !/md5|sha-?1|checksum|digest/i.test(text.slice(Math.max(0, start - 28), start)),
    confidence: 1,
    reason: 'cue',
  },
  {
    kind: 'commit',
    least: { hex: 7 },
    needs: '@',
    hint: /@[0-9a-f]{7}/,
    pattern: /(?<![\w./-])[\w.-]{1,40}\/[\w.-]{1,100}@[0-9a-f]{7,40}(?![\w])/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'model-id',
    within: /\//g,
    hint: /\w\/\w/,
    pattern: new RegExp(`(?<![\\w./@-])(?:${PUBLISHERS})/[A-Za-z0-9](?:[\\w.-]{0,94}[A-Za-z0-9])?(?![\\w/-])`, 'g'),
    confidence: 1,
    reason: 'publisher',
  },
  {
    kind: 'model-id',
    within: /\//g,
    hint: /\w\/\w/,
    pattern: /(?<![\w./@-])[A-Za-z0-9][\w.-]{0,40}\/[A-Za-z0-9][\w.-]{1,94}[A-Za-z0-9](?![\w/-])/g,
    check: (hit) => isModelPath(hit),
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'model-id',
    hint: /-\d{3}/,
    // A model of a vendor's on one day, and one that is tuned for a customer.
    pattern:
      /(?<![\w./@-])(?:ft:[\w.-]{3,60}:[\w.:-]{3,100}|(?:gpt|chatgpt|o\d|claude|gemini|grok|mistral|codestral|text-embedding|command)-[a-z0-9.-]{0,40}(?:\d{8}|(?<=-)\d{3,4}|20\d\d-\d\d-\d\d))(?![\w/-])/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'model-id',
    needs: ':',
    hint: /[a-z\d]:\d+(?:\.\d+)?[bm]/,
    // As Ollama names what it runs.
    pattern: /(?<![\w./@-])[a-z][a-z0-9._-]{2,40}:\d{1,4}(?:\.\d)?[bm](?:-[a-zA-Z0-9_.]{1,20}){0,5}(?<!\.)(?![\w/-])/g,
    confidence: 0.9,
    reason: 'form',
  },
  {
    kind: 'model-id',
    within: /\//g,
    hint: /hugging|model|data ?set|checkpoint|from_pretrained|weights|tune|adapter|space|repo|模型|数据集|权重/i,
    pattern: /(?<![\w./@-])[A-Za-z0-9][\w.-]{0,40}\/[A-Za-z0-9][\w.-]{1,94}(?![\w/-])/g,
    cue: /(?:hugging ?face|\bhf\b|model|dataset|data set|checkpoint|weights|fine-?tune|adapter|space|repo(?:sitory)?|from_pretrained\(|load_dataset\(|模型|数据集|权重)(?: (?:id|card|called|named|is|at|on|from))?["'`:=（( ]{0,4}$/i,
    check: (hit) => /[-_.\d]/.test(hit) && !/^\d+\/\d/.test(hit),
    confidence: 0.9,
    reason: 'cue',
  },
];

/** One in thirty short ids has no letter. */
function isCommitOfDigits(hit: string, text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 24), start);
  return (
    !/^(?:19|20)\d\d[01]\d/.test(hit) &&
    /(?:commits?|HEAD(?: is now)? at|checkout|cherry-pick|git[ _-]?sha|\brev(?:ision)?|\breverted|\breverts?)["']?[ :="'(]{1,3}$/i.test(
      before,
    )
  );
}

/** `org/name-7b-instruct`, and not `and/or`, `2023/24` or `text/html`. */
function isModelPath(hit: string): boolean {
  const [owner = '', name = ''] = hit.split('/');
  return (
    /[A-Za-z]/.test(owner) &&
    /[-_.]/.test(name) &&
    /\d/.test(hit) &&
    MODEL_WORD.test(name) &&
    !/\.(?:html?|php|pdf|png|jpe?g|js|ts|py|md|txt|json|csv)$/i.test(name)
  );
}
