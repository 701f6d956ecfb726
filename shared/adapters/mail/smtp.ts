/** Mail over SMTP, to the region's own mail server. TLS is required, but for a server on this very machine. */
import { createTransport } from 'nodemailer';
import type { Mailer } from '../../app/reminders/deliver.ts';

/** Replies that the recipient does not exist, or not here (RFC 5321 §4.2.3). */
const ofTheAddress: ReadonlySet<number> = new Set([550, 551, 553]);

/**
 * @param url `smtps://user:secret@mail.example.gov.cn:465`, or `smtp://` with STARTTLS
 * @param from the address that it is sent from
 */
export function smtpMailer(url: string, from: string): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const here = hostname === '127.0.0.1' || hostname === '[::1]';
  const transport = createTransport({
    host: hostname,
    port: Number(port || (protocol === 'smtps:' ? 465 : 587)),
    secure: protocol === 'smtps:',
    requireTLS: !here && protocol !== 'smtps:',
    ignoreTLS: here,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  return {
    async send(to, { subject, text, html }, key, threads) {
      try {
        await transport.sendMail({
          from: { name: '安居平台', address: from },
          to,
          subject,
          text,
          html,
          // The same message again has the same name: mail servers and people drop it.
          messageId: `<${key}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(threads.length > 0 ? { 'X-Correlation-Id': threads.join(', ') } : {}),
          },
        });
        return { outcome: 'sent' };
      } catch (error) {
        const { responseCode = 0, code = 'unknown' } = error as { responseCode?: number; code?: string };
        // These are of the address, and for good; any other refusal may be the server's, and may pass. Never its words:
        // they name the address.
        return {
          outcome: ofTheAddress.has(responseCode) ? 'refused' : 'failed',
          reason: responseCode > 0 ? `smtp-${responseCode}` : code.toLowerCase(),
        };
      }
    },
  };
}
