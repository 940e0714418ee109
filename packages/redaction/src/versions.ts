// Numbers with full stops that are versions, or places in a document: no dates, and no addresses of the net.

/** What a version is called, whatever it looks like. */
const WORDS = 'v|ver|vers|versions?(?: history)?|releases?|builds?|firmware|drivers?|updates?|版本号?为?';
/** What has versions, and may have an address. */
const SYSTEMS = 'patch|[a-z]{0,12}OS|Windows|Android';
/** The same of parts of documents and of lists. */
const PARTS =
  'sections?|sec|clauses?|chapters?|ch|paragraphs?|para|steps?|items?|tables?|figures?|fig|requirements?|req';
/** What is no machine, so that no address follows it. */
const LIBRARIES =
  'python|java|jdk|jre|openjdk|ruby|perl|php|rust|golang|scala|kotlin|cuda|cudnn|cublas|nccl|tensorrt|onnx|onnxruntime|triton|pytorch|torch(?:vision|audio)?|tensorflow|keras|numpy|scipy|pandas|scikit-learn|sklearn|xgboost|lightgbm|opencv|ffmpeg|transformers|langchain|llama[.-]?cpp|vllm|openssl|glibc|gcc|clang|llvm|cmake|bazel|gradle|maven|npm|pnpm|yarn|pip|conda|django|flask|rails|laravel|react|angular|vue|typescript|electron|chrome|chromium|firefox|safari|edge|xcode|ros';
const PROGRAMS =
  'node(?:\\.?js)?|deno|bun|linux|kernel|ubuntu|debian|fedora|centos|alpine|docker|kubernetes|k8s|helm|redis|postgres(?:ql)?|mysql|mariadb|mongodb|sqlite|elasticsearch|kafka|spark|hadoop|airflow|jenkins|terraform|ansible|nginx|apache|tomcat|ollama|mlflow|ray';

const NUMBER = '\\d{1,6}(?:\\.\\d{1,6}){1,4}';
/** Others of its kind before it: `8.1.2.3, 8.1.2.4 and`. */
const LISTED = `(?:${NUMBER}(?:, ?(?:and )?| ?/ ?| ?(?:->|→|–) ?| (?:and|or|to|through) )){0,4}`;
/** Only of a number, and not of an address that is compared: `ip.src==10.0.0.4`. */
const REQUIRED = '(?<!(?:ip|src|dst|addr|address|host|peer|client|server)["\')\\]]{0,2} ?)(?:[=~><!]=|~>) ?';
const CHANGED = '(?:up|down)grad(?:e|es|ed|ing) (?:from|to) |(?:updat|roll)(?:e|es|ed|ing) (?:back )?(?:from|to) ';

const behind = (words: string, signs = '') =>
  new RegExp(`(?:(?<![\\p{L}\\p{N}])(?:${words})\\.?[ :#_-]{0,2}v?${signs})${LISTED}$`, 'iu');

const SURE = behind(WORDS);
const LIKELY = behind(`${SYSTEMS}|${PARTS}|${LIBRARIES}`, `|${REQUIRED}|${CHANGED}|§ ?`);
const OF_PROGRAM = behind(PROGRAMS);

/** For the check that no text makes them slow. */
export const VERSIONS: readonly RegExp[] = [SURE, LIKELY, OF_PROGRAM];

/** The longest word with four numbers behind it. */
const REACH = 64;

/** Whether the number that begins here is called a version, or a part of a document. */
export function isNumbered(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  return VERSIONS.some((one) => one.test(before));
}

/** The same of four numbers, which may be an address as well: those of versions are small. */
export function isVersion(hit: string, text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  if (SURE.test(before)) return true;
  const isSmall = hit.split('.').every((part) => Number(part) < 100);
  return isSmall && (LIKELY.test(before) || (!hit.startsWith('10.') && OF_PROGRAM.test(before)));
}
