import { addressOf, guid, hash, pid, program, running, serverAddress, session, sysmon, type Kind } from './engine-fields.ts'

/** What Sysmon records of ordinary work. */
export const sysmonKinds: readonly Kind[] = [
  {
    share: 300,
    columns: { ...sysmon, class: "'module'", category: "'image_load'", event_id: "'7'", process: program },
    fields: {
      ...running,
      ImageLoaded: "concat('C:\\\\Windows\\\\System32\\\\module', toString(cityHash64(i, 'module') % 400), '.dll')",
      Hashes: hash("cityHash64(i, 'module') % 400"),
      Signed: "'true'",
      Signature: "'Microsoft Windows'",
      SignatureStatus: "'Valid'",
    },
  },
  {
    share: 150,
    columns: { ...sysmon, class: "'process'", category: "'process_access'", event_id: "'10'", process: program },
    fields: {
      UtcTime: running.UtcTime,
      SourceProcessGUID: guid,
      SourceProcessId: pid,
      SourceImage: program,
      TargetProcessGUID: "concat('{', toString(cityHash64(i, 'target') % 97), '}')",
      TargetProcessId: "toString(cityHash64(i, 'target') % 97 * 4)",
      TargetImage: "'C:\\\\Windows\\\\System32\\\\svchost.exe'",
      GrantedAccess: "'0x1000'",
      CallTrace: "'C:\\\\Windows\\\\SYSTEM32\\\\ntdll.dll+9d4c4|C:\\\\Windows\\\\System32\\\\KERNELBASE.dll+2c13e'",
    },
  },
  {
    share: 150,
    columns: { ...sysmon, class: "'registry'", category: "'registry_set'", event_id: "'13'", process: program },
    fields: {
      ...running,
      EventType: "'SetValue'",
      TargetObject: "concat('HKU\\\\Software\\\\Vendor\\\\Program\\\\Setting', toString(cityHash64(i, 'key') % 900))",
      Details: "'DWORD (0x00000001)'",
    },
  },
  {
    share: 60,
    columns: { ...sysmon, class: "'file'", category: "'file_event'", event_id: "'11'", process: program },
    fields: {
      ...running,
      TargetFilename:
        "concat('C:\\\\Users\\\\', toString(w), '\\\\AppData\\\\Local\\\\Cache\\\\f', toString(cityHash64(i, 'file') % 5000), '.tmp')",
      CreationUtcTime: running.UtcTime,
    },
  },
  {
    share: 80,
    columns: {
      ...sysmon,
      class: "'process'",
      category: "'process_creation'",
      event_id: "'1'",
      process: program,
      command_line: `concat('"', ${program}, '" --type=renderer --field-trial-handle=', toString(cityHash64(i, 'line') % 9000))`,
      parent_process: "'C:\\\\Windows\\\\explorer.exe'",
    },
    fields: {
      ...running,
      ProcessGuid: `concat('{', lower(hex(toUInt32(cityHash64(w, 'machine')))), '-', lower(hex(cityHash64(i, 'start'))), '}')`,
      ProcessId: "toString(4 * (8000 + cityHash64(i, 'start') % 8000))",
      CommandLine: `concat('"', ${program}, '" --type=renderer --field-trial-handle=', toString(cityHash64(i, 'line') % 9000))`,
      CurrentDirectory: "'C:\\\\'",
      LogonId: session,
      IntegrityLevel: "'Medium'",
      Hashes: hash('slot % 12'),
      ParentProcessGuid: guid,
      ParentProcessId: pid,
      ParentImage: "'C:\\\\Windows\\\\explorer.exe'",
      ParentCommandLine: "'explorer.exe'",
      OriginalFileName: "'program.exe'",
    },
  },
  {
    share: 60,
    columns: {
      ...sysmon,
      class: "'network'",
      category: "'network_connection'",
      event_id: "'3'",
      process: program,
      source_ip: addressOf('w'),
      target_ip: `if(i % 5 = 0, ${serverAddress("11 + cityHash64(i, 'server') % 4")}, concat('93.184.', toString(cityHash64(i, 'site') % 200), '.34'))`,
      target_port: 'if(i % 5 = 0, 445, 443)',
    },
    fields: {
      ...running,
      Protocol: "'tcp'",
      Initiated: "'true'",
      SourceIp: addressOf('w'),
      SourcePort: "toString(49152 + cityHash64(i, 'port') % 16000)",
      DestinationIp: "'93.184.0.34'",
      DestinationPort: "if(i % 5 = 0, '445', '443')",
    },
  },
  {
    share: 40,
    columns: { ...sysmon, class: "'dns'", category: "'dns_query'", event_id: "'22'", process: program },
    fields: {
      ...running,
      QueryName: "concat('site', toString(cityHash64(i, 'site') % 3000), '.example')",
      QueryStatus: "'0'",
      QueryResults: "'::ffff:93.184.1.34;'",
    },
  },
]
