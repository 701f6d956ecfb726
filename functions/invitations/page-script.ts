/**
 * The script of an invitation's page: it sends what the buttons say and shows what comes back. It is the only one that the page's
 * policy lets run, by its hash; it loads nothing and speaks to its own host alone.
 */
import { createHash } from 'node:crypto';

export const pageScript = `
const at = location.pathname.replace(/\\/+$/, '');
const say = (text) => { document.getElementById('says').textContent = text; };
const field = (name) => document.getElementById(name);
let session = '';
async function send(step, body, accept) {
  const headers = { accept, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'accept-language': 'zh-CN' };
  const answer = await fetch(at + '/' + step, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  say((problem.errors || []).map((one) => one.detail).concat(problem.detail || '请稍后再试。').reverse().join(' '));
}
function show(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  document.querySelector('main').replaceWith(page.querySelector('main'));
  session = document.querySelector('main').dataset.session || session;
}
const steps = {
  async code() {
    const sent = await send('code', {}, 'application/json');
    if (sent) say('验证码已发送至' + (await sent.json()).phone + '，十分钟内有效。');
  },
  async open() {
    const opened = await send('open', { code: field('code').value.trim() }, 'text/html');
    if (opened) show(await opened.text());
  },
  async answer() {
    const lines = field('conditions').value.split('\\n').map((line) => line.trim()).filter((line) => line !== '');
    const reason = field('reason').value.trim();
    const opinion = { verdict: field('verdict').value };
    if (lines.length > 0) opinion.conditions = lines;
    if (reason !== '') opinion.reason = reason;
    const given = await send('answer', { session, opinion }, 'text/html');
    if (given) show(await given.text());
  },
};
document.addEventListener('click', async (event) => {
  const { step } = event.target.dataset || {};
  if (!steps[step]) return;
  event.target.disabled = true;
  say('');
  try { await steps[step](); } catch { say('网络不通，请稍后再试。'); }
  event.target.disabled = false;
});
`;

export const pagePolicy =
  `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(pageScript).digest('base64')}'; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
