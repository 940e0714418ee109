// Keys and tokens by the vendor that gives them out: how each begins and how long it is.
import type { Rule } from './rule.ts';

/** `vendor pattern`, a line each. */
const VENDORS = String.raw`
anthropic sk-ant-[a-z]{2,10}\d{0,3}-[\w-]{20,200}
openai sk-(?:proj|svcacct|admin)-[\w-]{20,200}
openai sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}
deepseek-moonshot-and-others sk-[A-Za-z0-9]{32,64}
openrouter sk-or-v1-[0-9a-f]{64}
langchain ls(?:v2_pt|v2_sk|__)_?[0-9a-f]{32}(?:_[0-9a-f]{10})?
huggingface (?:hf|api_org)_[A-Za-z0-9]{30,40}
replicate r8_[A-Za-z0-9]{37,40}
groq gsk_[A-Za-z0-9]{52}
xai xai-[A-Za-z0-9]{80}
perplexity pplx-[A-Za-z0-9]{48,56}
fireworks fw_[A-Za-z0-9]{22,40}
nvidia nvapi-[\w-]{60,70}
wandb wandb_v\d_[A-Za-z0-9_]{40,90}
pinecone pcsk_[\w]{40,80}
elevenlabs sk_[0-9a-f]{48}
aws (?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ABIA|ACCA)[A-Z2-7]{16}
google AIza[\w-]{35}
google GOCSPX-[\w-]{28}
google ya29\.[\w-]{20,300}
azure [\w-]{3}8Q~[\w.~-]{31,34}
alibaba LTAI[A-Za-z0-9]{12,24}
tencent AKID[A-Za-z0-9]{13,40}
volcengine AKLT[A-Za-z0-9]{30,60}
github gh[pousr]_[A-Za-z0-9]{36,255}
github github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}
gitlab gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas)-[\w-]{20,64}
slack (?:xoxe\.)?xox[abeoprs]-[\w-]{10,200}
slack xapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[0-9a-f]{40,80}
discord [MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}
telegram \d{8,12}:AA[\w-]{33}
stripe (?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,128}
stripe whsec_[A-Za-z0-9+/]{32,64}
square (?:EAAA|sq0(?:atp|csp|idp)-)[\w-]{22,64}
paypal access_token\$production\$[a-z0-9]{16}\$[0-9a-f]{32}
twilio (?:AC|SK)[0-9a-f]{32}
sendgrid SG\.[\w-]{16,32}\.[\w-]{16,64}
mailgun key-[0-9a-f]{32}
mailchimp [0-9a-f]{32}-us\d{1,2}
shopify shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}
npm npm_[A-Za-z0-9]{36}
pypi pypi-AgE[\w-]{40,300}
rubygems rubygems_[0-9a-f]{48}
docker dckr_(?:pat|oat)_[\w-]{27,40}
databricks dapi[0-9a-f]{32}(?:-\d)?
digitalocean do[oprt]_v1_[0-9a-f]{64}
heroku HRKU-[\w-]{36,64}
cloudflare v1\.0-[0-9a-f]{24}-[0-9a-f]{146}
tailscale tskey-[a-z]{3,12}-[A-Za-z0-9-]{20,80}
together tgp_v\d_[\w-]{40,60}
posthog ph[cx]_[A-Za-z0-9]{40,50}
contentful CFPAT-[\w-]{40,60}
dropbox sl\.[\w-]{120,1500}
tavily tvly-[A-Za-z0-9-]{28,60}
supabase sb[ps]_\w{40,64}
render rnd_[A-Za-z0-9]{28,40}
vault hv[sbr]\.[\w-]{24,200}
terraform [A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}
grafana gl(?:c|sa)_[\w+/=]{32,200}
newrelic NR(?:AK|JS|II)-[A-Za-z0-9-]{19,48}
sentry sntr(?:ys|yu)_[\w+/=]{40,300}
figma figd_[\w-]{38,50}
notion (?:secret|ntn)_[A-Za-z0-9]{40,60}
airtable pat[A-Za-z0-9]{14}\.[0-9a-f]{64}
linear lin_(?:api|oauth)_[A-Za-z0-9]{40,64}
atlassian ATATT3[\w=-]{150,250}
postman PMAK-[0-9a-f]{24}-[0-9a-f]{34}
facebook EAA[A-Za-z0-9]{80,300}
jwt eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{0,1000}
ssh-key ssh-(?:rsa|ed25519|dss) AAAA[A-Za-z0-9+/]{40,2000}={0,3}
age AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}
paseto v[1-4]\.(?:local|public)\.[\w-]{40,2000}
slack https://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/]{20,120}
discord https://(?:\w{2,10}\.)?discord(?:app)?\.com/api/webhooks/\d{15,22}/[\w-]{40,90}
teams https://[\w-]{2,60}\.webhook\.office\.com/webhookb2/[\w@/-]{60,200}
dingtalk-feishu-wecom https://(?:oapi\.dingtalk\.com/robot/send\?access_token=|open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/|qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=)[\w-]{30,80}
sentry https://[0-9a-f]{32}@[\w.]{1,40}sentry\.io/\d{1,20}
voyage pa-[\w-]{40,50}
cerebras csk-[a-z0-9]{40,60}
jina jina_[A-Za-z0-9]{40,70}
firecrawl fc-[0-9a-f]{32}
langfuse [sp]k-lf-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
helicone-litellm sk-(?:helicone-)?[a-z0-9]{7}(?:-[a-z0-9]{7}){3}
runpod rpa_[A-Z0-9]{30,60}
modal a[ks]-[A-Za-z0-9]{22}
comet-and-others [\w-]{2,20}_(?:api|secret|access)_key_[A-Za-z0-9]{20,80}
apify apify_api_[A-Za-z0-9]{30,50}
e2b e2b_[0-9a-f]{40}
zhipu [0-9a-f]{32}\.[A-Za-z0-9]{16}
modelscope ms-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
baidu bce-v3/ALTAK-[A-Za-z0-9]{15,30}/[0-9a-f]{40}
baidu ALTAK[A-Za-z0-9-]{16,30}
yandex (?:AQVN|AQAD|y[0-3]_)[\w-]{30,80}
aws ABSK[A-Za-z0-9+/]{100,140}={0,2}
aws (?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9+/]{60,2000}={0,2}
azure-devops [A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{10,30}AZDO[A-Za-z0-9]{4}
google 1//0[\w-]{40,120}
firebase AAAA[\w-]{7}:APA91b[\w-]{130,160}
mapbox [ps]k\.eyJ[\w-]{40,120}\.[\w-]{20,30}
hubspot pat-(?:na|eu|ap)\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
brevo xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
mailersend mlsn\.[0-9a-f]{64}
resend re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}
shippo shippo_(?:live|test)_[0-9a-f]{40}
plaid access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
razorpay rzp_(?:live|test)_[A-Za-z0-9]{14,20}
flutterwave FLW(?:PUBK|SECK)(?:_TEST)?-[A-Za-z0-9]{12,40}-X
mercadopago APP_USR-\d{12,18}-[\w-]{30,60}
coinbase-easypost EZ[AT]K[A-Za-z0-9]{50,60}
planetscale pscale_(?:tkn|oauth|pw|api)_[\w.-]{32,70}
doppler dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,40}\.)?[A-Za-z0-9]{40,46}
fly (?:fo1_[\w-]{40,50}|fm[12][ar]?_[A-Za-z0-9+/]{80,600}={0,3})
jfrog AKCp[A-Za-z0-9]{60,75}
netlify nf[pcub]_[A-Za-z0-9]{36,44}
vercel vc[pkiar]_[A-Za-z0-9]{24,60}
circleci CCIP(?:AT|RJ)_[A-Za-z0-9]{20,24}_[0-9a-f]{40}
bitbucket AT(?:BB|CTT3)[\w=-]{28,250}
buildkite bk(?:ua|at|ct)_[A-Za-z0-9]{40}
pulumi pul-[0-9a-f]{40}
sonar sq[apu]_[0-9a-f]{40}
sourcegraph sgp_(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}
dynatrace dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}
openshift sha256~[\w-]{43}
prefect-readme (?:pn[ub]|rdme)_[A-Za-z0-9]{36,80}
typeform tfp_[\w.-]{40,60}
asana [12]/\d{14,20}(?:/\d{14,20})?:[0-9a-f]{32}
clojars CLOJARS_[a-z0-9]{60}
crates cio[A-Za-z0-9]{32}
nuget oy2[a-z0-9]{43}
1password ops_eyJ[A-Za-z0-9+/=]{100,1500}
twitter A{18,24}[A-Za-z0-9%]{60,120}
instagram IG[A-Z]{2}[A-Za-z0-9-]{80,300}
okta 00[\w-]{40}
`;

const patterns = VENDORS.trim()
  .split('\n')
  .map((line) => line.slice(line.indexOf(' ') + 1));

const FREE = '(?<![A-Za-z0-9_-])';
const END = '(?![A-Za-z0-9])';

/** Whether there is a key of any vendor: one expression, where all of them one by one take as long as all else together. */
export const ANY_VENDOR = new RegExp(`${FREE}(?:${patterns.join('|')})${END}`);
/** What a key may have before its longest run: `ssh-ed25519 `, or `12345678:` of Telegram. */
export const BEFORE_KEY = 16;

export const VENDOR_RULES: readonly Rule[] = patterns.map((pattern) => ({
  kind: 'api-key',
  pattern: new RegExp(`${FREE}${pattern}${END}`, 'g'),
  confidence: 1,
  reason: 'vendor-prefix',
}));

export const SECRET_RULES: readonly Rule[] = [
  {
    kind: 'api-key',
    hint: /-----BEGIN /,
    pattern:
      /-----BEGIN [A-Z ]{0,30}(?:PRIVATE KEY|CERTIFICATE|PGP MESSAGE)[A-Z ]{0,10}-----(?:[A-Za-z0-9+/=\s,:.]|-(?!-)){0,10000}(?:-----END [A-Z ]{0,50}-----)?/g,
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'api-key',
    least: { mixed: 12 },
    pattern:
      /(?<=(?:api[ _-]?key|secret(?:[ _-]?key)?|(?:access|account|app|auth|private|signing|encryption|license|session|shared|subscription|master|consumer|deploy|service|webhook|openai|admin|write)[ _-]?key|\bsig|authorization: basic|token|bearer|cookie|t?otp(?: (?:seed|secret))?|2fa|session(?: ?id)?|passphrase|password|passwd|pwd|client[ _-]?secret|密钥|密码|口令|令牌)["']?(?: is|[:=：为是]| )[ :=]{0,2}["']?)[\w!#$%&*+./=?@^~-]{12,200}(?![\w])/giu,
    check: (hit) => /\d/.test(hit) && /[A-Za-z]/.test(hit),
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'api-key',
    least: { mixed: 6 },
    needs: ':=为是',
    hint: /(?:[:=]|为|是) ?["'“]?[^\s"'“”]{6}/,
    // A password of any length, where a sign says that it is one.
    pattern:
      /(?<=(?:pass(?:word|wd|phrase|code|wort)?|contraseña|senha|mot de passe|пароль|wachtwoord|has[łl]o|l[öo]senord|parola|şifre|密码|密碼|口令|パスワード|비밀번호)["']?(?: ?[:=]|为|是) ?["'“]?)[^\s"'“”,;，。；<>]{6,64}/giu,
    check: (hit) => /\d/.test(hit) && /\p{L}/u.test(hit),
    confidence: 0.9,
    reason: 'cue',
  },
  {
    kind: 'api-key',
    hint: /phrase|nemonic|助记词/,
    // Twelve to twenty-four words that are a wallet (BIP 39).
    pattern: /(?<![\p{L}])[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}(?![\p{L}])/gu,
    cue: /(?:(?:seed|recovery|mnemonic|secret|backup) phrase|mnemonic)(?: (?:is|was))?[\s:："'(]{1,4}$|助记词(?:为|是)?[\s:："'(]{0,4}$/i,
    confidence: 0.95,
    reason: 'cue',
  },
  {
    kind: 'api-key',
    least: { hex: 32 },
    hint: /key|credential|secret/i,
    // Some vendors' keys look like a sum of a file.
    pattern: /(?<![\w])[0-9a-f]{32}(?![\w])/g,
    cue: /\b(?:the (?:leaked |stolen |exposed )?key|credentials?|secrets?)(?: (?:is|was|of))?[ ,:=("'`]{1,3}$/i,
    check: (hit) => /\d/.test(hit) && /[a-f]/.test(hit),
    confidence: 1,
    reason: 'cue',
  },
  {
    kind: 'api-key',
    least: { mixed: 12 },
    needs: '=',
    hint: /(?:key|password|pwd)=/i,
    // How a program reaches its store, with the key in it.
    pattern:
      /(?<![\w-])(?:DefaultEndpointsProtocol|AccountName|Endpoint|HostName|Server|Data Source)=[^\s"'<>]{8,1000}/gi,
    check: (hit) => /(?:key|password|pwd)=\S{6}/i.test(hit),
    confidence: 1,
    reason: 'form',
  },
  {
    kind: 'api-key',
    least: { mixed: 20 },
    // What nobody would write but a machine.
    pattern: /(?<![\w+/=~.@-])[\w+/~-]{20,512}={0,2}(?![\w+/=~@-])/g,
    check: isRandom,
    confidence: 0.7,
    reason: 'random',
  },
];

/** Of letters in both cases and digits, of which neighbours are alike as seldom as by chance: of three kinds 0.38 of them are. */
function isRandom(text: string): boolean {
  if (!/[A-Za-z0-9]{16}/.test(text)) return false;
  const kinds = Array.from(text.replace(/[^A-Za-z0-9]/g, ''), (char) => (char <= '9' ? 0 : char <= 'Z' ? 1 : 2));
  const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
  const figures = text.match(/\d+/g) ?? [];
  return figures.length > 1 && new Set(kinds).size === 3 && changes >= 0.42 * kinds.length;
}
