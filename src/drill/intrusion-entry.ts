import type { Process } from './host-log.ts'
import type { Intrusion } from './intrusion-plan.ts'

const directory = 'C:\\Tomcat9\\webapps\\selfcare\\uploads'
const agent = 'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/89.0.4389.90 Safari/537.36'
const lsass = 'C:\\Windows\\system32\\lsass.exe'
const trace = 'C:\\Windows\\SYSTEM32\\ntdll.dll+9fc24|C:\\Windows\\System32\\KERNELBASE.dll+20d0e'

/** The exploit, the web shell, first commands, discovery and the first credentials: all on the internet-facing server. */
export function entry(intrusion: Intrusion): Process {
  const { estate, random, at } = intrusion
  const { web } = estate
  const log = intrusion.log(web)
  const tomcat = log.running(
    'C:\\Tomcat9\\jre\\bin\\java.exe',
    undefined,
    '"C:\\Tomcat9\\jre\\bin\\java.exe" -Dcatalina.home="C:\\Tomcat9" -classpath "C:\\Tomcat9\\bin\\bootstrap.jar;C:\\Tomcat9\\bin\\tomcat-juli.jar" org.apache.catalina.startup.Bootstrap start',
  )
  const [client] = intrusion.addresses
  for (const [step, path] of [
    '/manager/html',
    '/selfcare/WEB-INF/web.xml',
    '/selfcare/..;/manager/',
    '/selfcare/upload',
    '/selfcare/api/version',
  ].entries()) {
    intrusion.requests.push({
      at: at(0) + step * 1_900,
      client,
      request: `GET ${path} HTTP/1.1`,
      status: step < 3 ? 404 : 200,
      bytes: 682,
      referer: '-',
      agent,
    })
  }
  intrusion.requests.push({
    at: at(12),
    client,
    request: 'POST /selfcare/upload?name=..%2f..%2fuploads%2f' + intrusion.shellName + ' HTTP/1.1',
    status: 200,
    bytes: 148,
    referer: '-',
    agent,
  })
  log.create(at(12) + 180, tomcat, `${directory}\\${intrusion.shellName}`)
  intrusion.note('exploit of the upload form', web, at(12))
  intrusion.note('web shell written', web, at(12) + 180)
  const first = ['whoami', 'ipconfig /all', 'netstat -ano', 'query user', 'net group "Domain Admins" /domain', 'tasklist /svc']
  for (const [step, command] of first.entries()) shell(intrusion, tomcat, { minute: 14 + step * 2.5, command })
  intrusion.note('first commands through the web shell', web, at(14))

  const net = web.ip.split('.').slice(0, 2).join('.')
  const scanner = `C:\\Windows\\Temp\\${random.pick(['nb.exe', 'nbt.exe', 'ns.exe'])}`
  log.create(at(52), tomcat, scanner)
  const cmd = shell(intrusion, tomcat, { minute: 55, command: `${scanner} -n ${net}.2.0/24` })
  const scan = log.start(at(55) + 320, {
    image: scanner,
    commandLine: `${scanner} -n ${net}.2.0/24`,
    parent: cmd,
    originalName: 'nbtscan.exe',
  })
  for (let last = 1; last <= 40; last++)
    log.connect(at(55) + 400 + last * 45, scan, { ip: `${net}.2.${last}`, port: 137, protocol: 'udp' })
  intrusion.note('discovery of the server network', web, at(55))

  for (const [step, hive] of ['sam', 'system', 'security'].entries()) {
    const file = `C:\\Windows\\Temp\\${hive.slice(0, 3)}.tmp`
    const parent = shell(intrusion, tomcat, { minute: 95 + step, command: `reg save hklm\\${hive} ${file} /y` })
    const reg = log.start(at(95 + step) + 300, {
      image: 'C:\\Windows\\System32\\reg.exe',
      commandLine: `reg  save hklm\\${hive} ${file} /y`,
      parent,
    })
    log.create(at(95 + step) + 700, reg, file)
  }
  intrusion.note('registry hives with password hashes saved', web, at(95))

  const dump = 'C:\\Windows\\Temp\\d.bin'
  const command = `rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 692 ${dump} full`
  const parent = shell(intrusion, tomcat, { minute: 130, command })
  const rundll = log.start(at(130) + 280, { image: 'C:\\Windows\\System32\\rundll32.exe', commandLine: command, parent })
  log.open(at(130) + 340, rundll, {
    image: lsass,
    access: '0x1fffff',
    trace: `${trace}|C:\\Windows\\System32\\dbgcore.DLL+6ee6|C:\\Windows\\System32\\comsvcs.dll+2a3c`,
  })
  log.create(at(130) + 900, rundll, dump)
  intrusion.note('memory of lsass dumped', web, at(130))

  // The intruder looks in now and then while working further inside.
  for (const minute of [300, 425, 640, 905])
    shell(intrusion, tomcat, { minute, command: random.pick(['dir C:\\Windows\\Temp', 'netstat -ano', 'query user']) })
  return tomcat
}

/** One command through the web shell: the request, and the child process of the web server. */
export function shell(
  intrusion: Intrusion,
  tomcat: Process,
  options: { readonly minute: number; readonly command: string; readonly bytes?: number },
): Process {
  const { random } = intrusion
  const ms = intrusion.at(options.minute)
  const client = intrusion.addresses[options.minute < 250 ? 0 : 1]
  intrusion.requests.push({
    at: ms,
    client,
    request: `POST ${intrusion.shellPath} HTTP/1.1`,
    status: 200,
    bytes: options.bytes ?? random.between(90, 4_200),
    referer: '-',
    agent,
  })
  const log = intrusion.log(intrusion.estate.web)
  const cmd = log.start(ms + 120, {
    image: 'C:\\Windows\\System32\\cmd.exe',
    commandLine: `cmd.exe /c cd /d "${directory}"&${options.command}&echo [S]&cd&echo [E]`,
    parent: tomcat,
    directory: `${directory}\\`,
  })
  const [word = ''] = options.command.split(' ')
  const known: Readonly<Record<string, string>> = {
    whoami: 'whoami.exe',
    ipconfig: 'ipconfig.exe',
    netstat: 'netstat.exe',
    query: 'query.exe',
    net: 'net.exe',
    tasklist: 'tasklist.exe',
  }
  const image = known[word]
  if (image !== undefined)
    log.start(ms + 190, {
      image: `C:\\Windows\\System32\\${image}`,
      commandLine: options.command.replace(word, `${word} `).trimEnd(),
      parent: cmd,
    })
  return cmd
}

/** A large answer of the web shell: a file goes out. */
export function download(intrusion: Intrusion, minute: number, bytes: number): void {
  intrusion.requests.push({
    at: intrusion.at(minute),
    client: intrusion.addresses[1],
    request: `POST ${intrusion.shellPath} HTTP/1.1`,
    status: 200,
    bytes,
    referer: '-',
    agent,
  })
}
