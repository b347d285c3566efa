import type { Kind, SourceMap } from '../source-map.ts'

const success = { outcome: 'success' } as const
const failure = { outcome: 'failure' } as const

/** Operations of the unified audit log; the same names in every workload. */
const unifiedKinds: readonly Kind[] = [
  { when: { Operation: ['UserLoggedIn', 'MailboxLogin'] }, class: 'authentication', set: success },
  { when: { Operation: 'UserLoginFailed' }, class: 'authentication', set: failure },
  // A Sync read takes whole folders; a Bind read names the messages.
  { when: { Operation: 'MailItemsAccessed' }, class: 'datastore', set: { command: 'read mail' } },
  {
    when: { Operation: ['SearchQueryInitiatedExchange', 'SearchQueryInitiatedSharePoint', 'SearchStarted', 'SearchExported'] },
    class: 'datastore',
    also: { statement: ['QueryText', 'KQL', 'Query'] },
    set: { command: 'search' },
  },
  {
    when: {
      Operation: [
        'Add user.',
        'Delete user.',
        'Add member to role.',
        'Add service principal*',
        'Update user.',
        'Add-MailboxPermission',
      ],
    },
    class: 'account-change',
  },
  {
    when: {
      Operation: [
        'FileDownloaded',
        'FileAccessed*',
        'FileUploaded',
        'FileDeleted',
        'FileSyncDownloaded*',
        'FilePreviewed',
        'FileCopied',
      ],
    },
    class: 'file',
    also: { TargetFilename: ['ObjectId', 'SourceFileName'] },
  },
  { when: { Operation: ['Set-AdminAuditLogConfig', 'Set-MailboxAuditBypassAssociation'] }, class: 'log' },
]

/** Sign-ins, directories and office clouds. */
export const identitySources: readonly SourceMap[] = [
  {
    name: 'm365-unified-audit',
    documentation:
      'Office 365 Management Activity API schema (common schema, Exchange mailbox, AuditData of Search-UnifiedAuditLog)',
    forms: ['json'],
    when: { Operation: true, Workload: true, CreationTime: true, RecordType: true },
    product: 'm365',
    service: 'audit',
    class: 'other',
    time: 'CreationTime',
    utc: true,
    account: ['UserId', 'MailboxOwnerUPN', 'UserKey'],
    sourceIp: ['ClientIPAddress', 'ClientIP', 'ActorIpAddress'],
    provider: 'Workload',
    eventId: 'Operation',
    also: {
      mailbox: 'MailboxOwnerUPN',
      object: ['ObjectId', 'Item.ParentFolder.Path', 'Folders.0.Path'],
      eventSource: 'Workload',
      eventName: 'Operation',
    },
    kinds: unifiedKinds,
  },
  {
    name: 'entra-signin-graph',
    documentation: 'Microsoft Graph, signIn resource type (sign-ins downloaded as JSON)',
    forms: ['json'],
    when: { userPrincipalName: true, appDisplayName: true, createdDateTime: true, 'status.errorCode': true },
    product: 'azure',
    service: 'signinlogs',
    class: 'authentication',
    time: 'createdDateTime',
    account: 'userPrincipalName',
    sourceIp: 'ipAddress',
    eventId: 'status.errorCode',
    also: {
      ResultType: 'status.errorCode',
      UserPrincipalName: 'userPrincipalName',
      AppDisplayName: 'appDisplayName',
      ClientAppUsed: 'clientAppUsed',
      Country: 'location.countryOrRegion',
    },
    kinds: [
      { when: { 'status.errorCode': '0' }, set: success },
      { when: { 'status.errorCode': true }, set: failure },
    ],
  },
  {
    name: 'entra-signin-diagnostic',
    documentation: 'Azure Monitor, sign-in logs streamed by diagnostic settings (SignInLogs schema)',
    forms: ['json'],
    when: {
      category: ['SignInLogs', 'NonInteractiveUserSignInLogs', 'ServicePrincipalSignInLogs'],
      operationName: true,
      time: true,
    },
    product: 'azure',
    service: 'signinlogs',
    class: 'authentication',
    time: ['properties.createdDateTime', 'time'],
    account: ['properties.userPrincipalName', 'properties.servicePrincipalName', 'identity'],
    sourceIp: ['callerIpAddress', 'properties.ipAddress'],
    eventId: 'resultType',
    also: { ResultType: 'resultType', AppDisplayName: 'properties.appDisplayName', ClientAppUsed: 'properties.clientAppUsed' },
    kinds: [
      { when: { resultType: '0' }, set: success },
      { when: { resultType: true }, set: failure },
    ],
  },
  {
    name: 'entra-signin-csv',
    documentation: 'Microsoft Entra "How to download logs": interactive sign-ins as CSV',
    forms: ['table'],
    when: { 'Date (UTC)': true, Application: true, Status: true, 'Request ID': true },
    product: 'azure',
    service: 'signinlogs',
    class: 'authentication',
    time: 'Date (UTC)',
    utc: true,
    account: ['Username', 'User', 'Service principal name'],
    sourceIp: 'IP address',
    eventId: 'Sign-in error code',
    also: {
      ResultType: 'Sign-in error code',
      UserPrincipalName: 'Username',
      AppDisplayName: 'Application',
      ClientAppUsed: 'Client app',
    },
    kinds: [
      { when: { Status: 'Success' }, set: success },
      { when: { Status: ['Failure', 'Interrupted'] }, set: failure },
    ],
  },
  {
    name: 'entra-audit-graph',
    documentation: 'Microsoft Graph, directoryAudit resource type (audit log downloaded as JSON)',
    forms: ['json'],
    when: { activityDateTime: true, activityDisplayName: true },
    product: 'azure',
    service: 'auditlogs',
    class: 'account-change',
    time: 'activityDateTime',
    account: ['initiatedBy.user.userPrincipalName', 'initiatedBy.app.displayName'],
    sourceIp: 'initiatedBy.user.ipAddress',
    eventId: 'activityDisplayName',
    also: { OperationName: 'activityDisplayName', Status: 'result', object: 'targetResources.0.userPrincipalName' },
    kinds: [
      { when: { result: 'success' }, set: success },
      { when: { result: 'failure' }, set: failure },
    ],
  },
  {
    name: 'entra-audit-csv',
    documentation: 'Microsoft Entra "How to download logs": audit log as CSV',
    forms: ['table'],
    when: { 'Date (UTC)': true, Activity: true, Category: true },
    product: 'azure',
    service: 'auditlogs',
    class: 'account-change',
    time: 'Date (UTC)',
    utc: true,
    account: ['ActorUserPrincipalName', 'Actor', 'ActorDisplayName', 'ActorServicePrincipalName'],
    sourceIp: ['IPAddress', 'IP address'],
    eventId: 'Activity',
    also: {
      OperationName: 'Activity',
      Status: 'Result',
      object: ['Target1UserPrincipalName', 'Target1DisplayName', 'Target(s)'],
    },
    kinds: [
      { when: { Result: 'success' }, set: success },
      { when: { Result: 'failure' }, set: failure },
    ],
  },
]
