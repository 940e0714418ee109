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
slack xox[abeoprs]-[\w-]{10,200}
slack xapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[0-9a-f]{40,80}
discord [MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}
telegram \d{8,10}:AA[\w-]{33}
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
      /(?<=(?:api[ _-]?key|secret(?:[ _-]?key)?|(?:access|account|auth|private|signing|encryption|license|session|shared|subscription)[ _-]?key|token|bearer|passphrase|password|passwd|pwd|client[ _-]?secret|密钥|密码|口令|令牌)["']?(?: is|[:=：为是]| )[ :=]{0,2}["']?)[\w!#$%&*+./=?@^~-]{12,200}(?![\w])/giu,
    check: (hit) => /\d/.test(hit) && /[A-Za-z]/.test(hit),
    confidence: 0.95,
    reason: 'cue',
  },
];
