/** Every refusal the platform can give: its HTTP status, whether trying again may help, and its words. */
interface RefusalText {
  readonly status: number;
  readonly retryable: boolean;
  readonly zh: string;
  readonly en: string;
}

export const refusalTexts = {
  // The request itself
  'malformed-body': {
    status: 400,
    retryable: false,
    zh: '请求正文不是有效的JSON。',
    en: 'The body is not valid JSON.',
  },
  'body-too-large': {
    status: 413,
    retryable: false,
    zh: '请求正文不得超过{kilobytes}KB；文件请按材料上传。',
    en: 'The body may have at most {kilobytes} KB; files are uploaded as documents.',
  },
  'invalid-request': {
    status: 422,
    retryable: false,
    zh: '提交内容有{count}处不符合要求。',
    en: 'The request has {count} defect(s).',
  },
  'idempotency-key-missing': {
    status: 400,
    retryable: false,
    zh: '缺少请求头 Idempotency-Key：每个操作须带唯一键，重试时使用同一键。',
    en: 'The Idempotency-Key header is missing: every command carries one, the same on a retry.',
  },
  'idempotency-key-reused': {
    status: 422,
    retryable: false,
    zh: '该 Idempotency-Key 已用于另一内容不同的请求。',
    en: 'This Idempotency-Key was used for a different request.',
  },
  'precondition-required': {
    status: 428,
    retryable: false,
    zh: '缺少请求头 If-Match：请先读取当前版本，再带其 ETag 提交。',
    en: 'The If-Match header is missing: read the record first and send its ETag.',
  },
  'stale-version': {
    status: 412,
    retryable: false,
    zh: '该记录已被他人更改，请重新读取后再操作。',
    en: 'The record has changed since you read it: read it again.',
  },
  'unsupported-media-type': {
    status: 415,
    retryable: false,
    zh: '请求正文须为 application/json。',
    en: 'The body must be application/json.',
  },
  'invalid-cursor': {
    status: 400,
    retryable: false,
    zh: '分页游标无效。',
    en: 'The page cursor is not valid.',
  },

  // Who
  'not-authenticated': { status: 401, retryable: false, zh: '未登录或登录已失效。', en: 'No valid token.' },
  'not-allowed': {
    status: 403,
    retryable: false,
    zh: '您的岗位无权进行此操作。',
    en: 'Your role does not allow this.',
  },
  'same-person': {
    status: 403,
    retryable: false,
    zh: '同一人不得兼任同一件的拟稿与审核、签发。',
    en: 'The same person may not draft and check or sign the same filing.',
  },
  'not-found': { status: 404, retryable: false, zh: '未找到该记录。', en: 'No such record.' },

  // The work
  'wrong-state': {
    status: 409,
    retryable: false,
    zh: '当前状态为“{stateZh}”，不能{actionZh}。可进行的操作：{allowedZh}。',
    en: 'The filing is {state}: “{action}” is not possible. Possible now: {allowed}.',
  },
  'delegation-over': {
    status: 403,
    retryable: false,
    zh: '您的书面授权尚未开始或者已到期，不能代表本单位办理此事项。',
    en: 'Your written authorisation has not begun or is over: you cannot sign this for your office.',
  },
  'already-filed': {
    status: 409,
    retryable: false,
    zh: '已有同类申报件（{id}），请在该件上继续办理；已公布的，可对其提出修订。',
    en: 'There already is such a filing ({id}): go on with it, or amend it once published.',
  },
  'nothing-to-recall': {
    status: 409,
    retryable: false,
    zh: '已有后续办理，或上一步不是您办理的，不能撤回。',
    en: 'Somebody has acted since, or the last step was not yours: it cannot be recalled.',
  },
  'not-amendable': {
    status: 409,
    retryable: false,
    zh: '只有已公布且没有在办修订的件可以修订。',
    en: 'Only a published filing without an amendment under way can be amended.',
  },
  'kind-unknown': {
    status: 404,
    retryable: false,
    zh: '没有这类申报：{kind}。',
    en: 'There is no kind {kind}.',
  },
  'kind-not-yours': {
    status: 409,
    retryable: false,
    zh: '本单位不能申报“{kindZh}”。',
    en: 'Your office cannot file “{kind}”.',
  },
  'kind-not-open': {
    status: 409,
    retryable: false,
    zh: '{cityZh}不适用此类申报：{whyZh}',
    en: '{city} may not file this kind: {why}',
  },
  'period-invalid': {
    status: 422,
    retryable: false,
    zh: '期间“{period}”不适用于此类申报。',
    en: 'The period “{period}” does not fit this kind.',
  },
  incomplete: {
    status: 422,
    retryable: false,
    zh: '尚有{count}处需要补正，全部列出如下。',
    en: '{count} thing(s) still need attention; all are listed.',
  },
  'opinion-not-asked': {
    status: 409,
    retryable: false,
    zh: '本部门没有待出具的意见。',
    en: 'No opinion of your department is waiting.',
  },
  'invitation-open': {
    status: 409,
    retryable: false,
    zh: '该部门已有一份有效邀请（第{number}号），请先撤回。',
    en: 'The department has an invitation already (number {number}): revoke it first.',
  },
  'invitation-ended': {
    status: 409,
    retryable: false,
    zh: '该邀请{stateZh}，不能再办理。',
    en: 'The invitation is {state}: nothing more can be done with it.',
  },
  'invitation-outdated': {
    status: 409,
    retryable: false,
    zh: '该件的材料已更正或者联审已结束，您受邀审查的版本不再有效，请与牵头部门联系。',
    en: 'The filing was corrected or its review is over: the version that you were asked about is no longer reviewed. Ask the lead.',
  },
  'invitation-answered': {
    status: 409,
    retryable: false,
    zh: '您已出具意见，每份邀请只能出具一次。',
    en: 'Your opinion was given already; each invitation gives one.',
  },
  'too-many-codes': {
    status: 429,
    retryable: true,
    zh: '验证码索取过于频繁：每小时至多{hour}次，每份邀请至多{all}次。',
    en: 'Too many codes: {hour} an hour and {all} an invitation at the most.',
  },
  'code-ended': {
    status: 409,
    retryable: false,
    zh: '没有可用的验证码，请重新索取。',
    en: 'There is no code to be used: ask for another.',
  },
  'code-wrong': {
    status: 403,
    retryable: false,
    zh: '验证码错误，还可尝试{left}次。',
    en: 'The code is wrong; {left} more tries.',
  },
  'session-ended': {
    status: 403,
    retryable: false,
    zh: '会话无效或者已超时，请重新索取验证码。',
    en: 'The session is not valid, or is over: ask for another code.',
  },
  'invited-party': {
    status: 422,
    retryable: false,
    zh: '受邀人的手机号与本件联系人或者邀请人相同，不能邀请。',
    en: 'The number is that of the filing’s own contact or of who invites: he cannot be invited.',
  },
  'supplement-not-open': {
    status: 409,
    retryable: false,
    zh: '没有待答复的补充材料要求。',
    en: 'No request for a supplement is open.',
  },
  'extension-waiting': {
    status: 409,
    retryable: false,
    zh: '已有待答复的延期申请。',
    en: 'A request for more time is waiting for its answer.',
  },
  'nudged-today': {
    status: 409,
    retryable: false,
    zh: '今日已催办过。',
    en: 'A reminder went out for this duty today already.',
  },
  'duty-not-open': {
    status: 409,
    retryable: false,
    zh: '该义务已无未履行事项。',
    en: 'Nothing of this duty is open.',
  },
  'snooze-too-long': {
    status: 422,
    retryable: false,
    zh: '最迟只能暂缓到{until}：{whyZh}，依规不得暂缓。',
    en: 'It can be put off until {until} at the latest: {why}, which may not be put off.',
  },
  'extension-not-open': {
    status: 409,
    retryable: false,
    zh: '没有待决定的延期申请。',
    en: 'No request for an extension is waiting.',
  },
  'clock-not-running': {
    status: 409,
    retryable: false,
    zh: '时限{clock}当前不能{actionZh}。',
    en: 'The clock {clock} cannot be {action} now.',
  },
  'already-received': {
    status: 409,
    retryable: false,
    zh: '该备案已接收。',
    en: 'This filing has been received.',
  },

  'not-printed': {
    status: 409,
    retryable: false,
    zh: '没有可打印的文书：{whyZh}。',
    en: 'There is nothing to print: {why}.',
  },

  // Documents
  'document-not-available': {
    status: 409,
    retryable: true,
    zh: '文件当前状态为“{stateZh}”，不能下载。',
    en: 'The document is {state}; it cannot be downloaded.',
  },
  'document-in-use': {
    status: 409,
    retryable: false,
    zh: '该文件已随件报出，不能替换或移除。',
    en: 'The document is part of what was submitted; it cannot be changed.',
  },

  // Duties, calendar
  'calendar-year-missing': {
    status: 409,
    retryable: false,
    zh: '{year}年的工作日历尚未载入，不能推算期限；请管理员先载入。',
    en: 'The working-day calendar of {year} is not loaded, so no due date can be computed; an administrator must load it.',
  },
  'too-many': {
    status: 422,
    retryable: false,
    zh: '一次最多{max}项，请分批办理。',
    en: 'At most {max} at once; split the request.',
  },

  // Registers
  'resource-taken': {
    status: 409,
    retryable: false,
    zh: '资源{resource}已由{byZh}占用：一处资源不得同时列入两个项目。',
    en: 'The resource {resource} is held by {by}: one resource cannot stand in two projects.',
  },
  'resource-removed': {
    status: 409,
    retryable: false,
    zh: '资源{resource}已移出台账。',
    en: 'The resource {resource} was removed from the register.',
  },
  'resource-registered': {
    status: 409,
    retryable: false,
    zh: '该不动产单元号已登记为资源{resource}，不得重复登记。',
    en: 'This real-estate unit is registered already, as {resource}.',
  },
  'project-not-in-stage': {
    status: 409,
    retryable: false,
    zh: '项目现为“{stageZh}”，不能办理此事项。',
    en: 'The project is {stage}: this cannot be done now.',
  },
  'plan-full': {
    status: 409,
    retryable: false,
    zh: '{year}年度计划{planned}套（间），已占用{reserved}套（间），不足以列入{asked}套（间）。',
    en: 'The plan of {year} has {planned} homes, of which {reserved} are spoken for: {asked} do not fit.',
  },

  // Evaluation
  'run-exists': {
    status: 409,
    retryable: false,
    zh: '该期已有评价{run}；如需更正，请提请更正该次评价并说明理由。',
    en: 'The period has a run already ({run}); to correct it, ask for a correction and say why.',
  },
  'period-not-over': {
    status: 409,
    retryable: false,
    zh: '评价期截至{day}，期满后方可提请评价。',
    en: 'The period lasts until {day}; it can be evaluated once it is over.',
  },
  'run-not-correctable': {
    status: 409,
    retryable: false,
    zh: '该次评价不能更正：须为同一期且已送各盟市或已公布。',
    en: 'This run cannot be corrected: it must be of the same period and have been sent to the cities or published.',
  },
  'run-not-in-state': {
    status: 409,
    retryable: false,
    zh: '该次评价现为“{stateZh}”，不能办理此事项。',
    en: 'The run is {state}; this cannot be done now.',
  },
  'run-is-monthly': {
    status: 409,
    retryable: false,
    zh: '月度监测仅供调度，不送盟市征求意见，也不公布。',
    en: 'A monthly run is for steering only: it is neither sent to the cities nor published.',
  },
  'result-not-ready': {
    status: 409,
    retryable: true,
    zh: '结果或报告尚未编成（已完成{done}/{of}步），请稍后再读。',
    en: 'The result or the report is not ready yet ({done} of {of} steps done): read it again later.',
  },
  'objection-too-late': {
    status: 409,
    retryable: false,
    zh: '提出异议的期限已于{day}届满。',
    en: 'Objections could be made until {day}.',
  },
  'too-many-objections': {
    status: 409,
    retryable: false,
    zh: '尚待答复的异议每个盟市不超过{most}条，请并案提出或待答复后再提。',
    en: 'A city may have at most {most} objections open: put them together, or wait for an answer.',
  },
  'objection-answered': {
    status: 409,
    retryable: false,
    zh: '该异议已经答复。',
    en: 'The objection has been answered.',
  },
  'objections-still-possible': {
    status: 409,
    retryable: false,
    zh: '各盟市在{day}前（含当日）可提出异议，期满后方可同意。',
    en: 'The cities may object until {day}; it can be approved afterwards.',
  },
  'objections-open': {
    status: 409,
    retryable: false,
    zh: '尚有异议未答复。',
    en: 'There are objections without an answer.',
  },
  'objection-upheld': {
    status: 409,
    retryable: false,
    zh: '有异议已被采纳，须先更正，再就更正后的评价办理。',
    en: 'An objection was upheld: make a correction, and approve that.',
  },

  // Certificates
  'certificate-not-in-state': {
    status: 409,
    retryable: false,
    zh: '认定书{stateZh}，不能办理此事项。',
    en: 'The certificate is {state}; this cannot be done now.',
  },
  'certificate-change-under-way': {
    status: 409,
    retryable: true,
    zh: '该认定书已决定变更或续期，新版本签发后方可再办。',
    en: 'A change or renewal has been decided and its version is not issued yet: try again when it is.',
  },
  'certificate-nothing-drafted': {
    status: 409,
    retryable: false,
    zh: '该认定书没有待签发的版本。',
    en: 'No version of the certificate waits to be issued.',
  },
  'certificate-version-unknown': {
    status: 409,
    retryable: false,
    zh: '该认定书没有第{version}版。',
    en: 'The certificate has no version {version}.',
  },
  'certificate-still-runs': {
    status: 409,
    retryable: false,
    zh: '该认定书尚在有效期内。',
    en: 'The certificate is still within its term.',
  },
  'certificate-not-printed': {
    status: 409,
    retryable: true,
    zh: '该版本的证书文件尚未制成，请稍后再取。',
    en: 'This version has not been printed yet: ask again in a moment.',
  },
  'certificate-on-paper': {
    status: 409,
    retryable: false,
    zh: '该版本为纸质证书补录，平台没有其证书文件。',
    en: 'This version was issued on paper: the platform has no print of it.',
  },
  'certificate-number-taken': {
    status: 409,
    retryable: false,
    zh: '编号{number}已登记于另一认定书。',
    en: 'The number {number} is registered for another certificate.',
  },
  'certificate-number-beyond': {
    status: 409,
    retryable: false,
    zh: '该旗县区该年度已由平台连续编号至第{last}号，不能补录其后的编号。',
    en: 'The platform has numbered this county and year up to {last}; a paper certificate cannot stand beyond.',
  },

  // The platform
  busy: {
    status: 503,
    retryable: true,
    zh: '系统繁忙，请稍后以同一 Idempotency-Key 重试。',
    en: 'Busy: try again with the same Idempotency-Key.',
  },
  internal: { status: 500, retryable: true, zh: '系统内部错误。', en: 'Internal error.' },
} as const satisfies Record<string, RefusalText>;
