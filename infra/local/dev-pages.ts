/** The pages of the local mailbox, in Chinese with English beside it; everything in them is escaped. */
import type { ReadMail, ReadSms } from './dev-mailbox.ts';

const style =
  'body{font:16px/1.7 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2.5rem auto;padding:0 1rem;color:#1f2328}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.45rem .6rem;border-bottom:1px solid #d0d7de;vertical-align:top}' +
  'th{background:#f1f4f7}pre{white-space:pre-wrap;font:inherit;background:#f8f9fb;padding:1rem;border:1px solid #d0d7de}' +
  '.soft{color:#5c6670}a{color:#1f4e79}';

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${title}</title><style>${style}</style>
<p><a href="/dev">演示用户 / users</a> · <a href="/dev/inbox">站内通知 / inbox</a> · <a href="/dev/mail">邮件 / mail</a> · <a href="/dev/sms">短信 / text messages</a></p>
<h1>${title}</h1>${body}</html>`;
}

export function mailList(mails: readonly ReadMail[]): string {
  const rows = mails.map(
    ({ number, to, subject, date }) =>
      `<tr><td class="soft">${local(date)}</td><td>${escaped(to)}</td><td><a href="/dev/mail/${number}">${escaped(subject)}</a></td></tr>`,
  );
  const table = `<table><tr><th>时间 / time</th><th>收件人 / to</th><th>主题 / subject</th></tr>${rows.join('')}</table>`;
  const empty =
    '<p>尚无邮件。登记通知方式（PUT /me/preferences）后，催报即送到这里，不会寄往别处。<br><span class="soft">No mail yet. Register an address (PUT /me/preferences); reminders then arrive here and go nowhere else.</span></p>';
  return page('安居 · 本机邮箱', mails.length > 0 ? table : empty);
}

export function mailPage({ from, to, subject, date, messageId, text }: ReadMail): string {
  return page(
    escaped(subject),
    `<table><tr><th>发件人 / from</th><td>${escaped(from)}</td></tr><tr><th>收件人 / to</th><td>${escaped(to)}</td></tr>
<tr><th>时间 / time</th><td>${local(date)}</td></tr><tr><th>编号 / Message-ID</th><td class="soft">${escaped(messageId)}</td></tr></table><pre>${escaped(text)}</pre>`,
  );
}

export function invitationRedirect(token: string): string {
  const to = `/invitations/${token}`;
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${to}"><a href="${to}">打开邀请 / open the invitation</a>`;
}

/** A message with its links made to be followed. */
function linked(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[\w:/.-]+/g, (url) => `<a href="${url}">${url}</a>`);
}

export function smsList(all: readonly ReadSms[]): string {
  const rows = all.map(
    ({ to, text, at }) =>
      `<tr><td class="soft">${local(at)}</td><td>${escaped(to)}</td><td>${linked(text)}</td></tr>`,
  );
  const table = `<table><tr><th>时间 / time</th><th>手机 / to</th><th>内容 / text</th></tr>${rows.join('')}</table>`;
  return page(
    '安居 · 本机短信',
    all.length > 0 ? table : '<p>尚无短信。<br><span class="soft">No text messages yet.</span></p>',
  );
}

/** Beijing time. */
function local(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? '' : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * The inbox of a demo user, as a portal would show it: it signs in, asks the API for the list, and marks as read. The links of
 * the local mails lead here.
 * @param users id and name of each
 * @param day the day that a link named; its notices are opened
 */
export function inboxPage(
  users: readonly { readonly id: string; readonly name: string }[],
  day: string,
): string {
  const options = users.map(
    ({ id, name }) => `<option value="${escaped(id)}">${escaped(id)}　${escaped(name)}</option>`,
  );
  return page(
    '安居 · 站内通知',
    `<p>选择演示用户，查看其通知。 / Pick a demo user and read the inbox.</p>
<select id="user">${options.join('')}</select> <label><input type="checkbox" id="unread"> 仅未阅 / unread only</label>
<p id="count" class="soft"></p><div id="list"></div>
<script>
const day = ${JSON.stringify(day)};
const put = (parent, tag, text, className) => { const e = document.createElement(tag); if (text) e.textContent = text; if (className) e.className = className; parent.append(e); return e; };
let token = '';
async function call(method, path, body) {
  const headers = { authorization: 'Bearer ' + token, 'accept-language': 'zh-CN' };
  if (method !== 'GET') { headers['idempotency-key'] = crypto.randomUUID(); headers['content-type'] = 'application/json'; }
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  return { ok: answer.ok, body: await answer.json() };
}
async function show() {
  const asked = await fetch('/dev/token', { method: 'POST', body: JSON.stringify({ user: user.value }) });
  token = (await asked.json()).access_token;
  sessionStorage.setItem('user', user.value);
  const { ok, body } = await call('GET', '/inbox?limit=100' + (unread.checked ? '&unread=true' : ''));
  list.replaceChildren();
  if (!ok) { count.textContent = body.detail; return; }
  count.textContent = '未阅 ' + (body.unread ?? 0) + ' 件 / unread';
  if (body.items.length === 0) put(list, 'p', '没有通知。 / No notices.');
  for (const notice of body.items) {
    const box = put(list, 'details'); box.open = !day || notice.day === day || notice.read === null;
    put(box, 'summary', notice.day + '　' + (notice.read ? '已阅' : '未阅') + '　' + (notice.lines.length + (notice.tidings ?? []).length) + '项' + (notice.coversFor ? '　' + notice.coversFor.text.zh : ''));
    const items = put(box, 'ol');
    for (const line of [...(notice.tidings ?? []), ...notice.lines]) { const li = put(items, 'li'); put(li, 'div', line.text.zh); put(li, 'div', line.text.en, 'soft'); }
    if (!notice.read) {
      const button = put(box, 'button', '标为已阅 / mark as read');
      button.onclick = async () => { await call('POST', '/inbox/' + notice.day + '/read', { role: notice.role }); await show(); };
    }
    const told = await call('GET', '/inbox/' + notice.day + '/deliveries?role=' + notice.role);
    if (told.ok && told.body.items.length > 0) put(box, 'p', '送达 / delivered: ' + told.body.items.map((d) => d.channel + ' ' + d.to + ' ' + d.stateText.zh).join('；'), 'soft');
  }
}
user.onchange = unread.onchange = show;
const before = sessionStorage.getItem('user'); if (before) user.value = before;
show();
</script>`,
  );
}
