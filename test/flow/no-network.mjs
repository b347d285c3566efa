// Loaded before the programme (`--import`): writes down every attempt to reach out of this machine, and refuses it.
import { appendFileSync } from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'

const require = createRequire(import.meta.url)
const record = process.env['BREACHLINE_TEST_NETWORK_RECORD']
const loopback = new Set(['localhost', '127.0.0.1', '::1'])

function refuse(what, where) {
  if (record !== undefined) appendFileSync(record, `${what} ${where}\n`)
  throw new Error(`no network in this test: ${what} ${where}`)
}

const net = require('node:net')
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === 'object' && first !== null ? first : { port: first, host: args[1] }
  const host = options.host ?? 'localhost'
  if (options.path === undefined && !loopback.has(host)) refuse('connect', `${host}:${options.port}`)
  return connect.apply(this, args)
}
const dns = require('node:dns')
for (const module of [dns, dns.promises])
  for (const [name, value] of Object.entries(module))
    if (typeof value === 'function' && /^(?:lookup|resolve|reverse)/.test(name))
      module[name] = (host) => (loopback.has(host) ? value.apply(module, [host]) : refuse(`dns ${name}`, host))
const dgram = require('node:dgram')
dgram.createSocket = (type) => refuse('dgram', String(type?.type ?? type))
syncBuiltinESMExports()
globalThis.fetch = (url) => refuse('fetch', String(url?.url ?? url))
if (record !== undefined) appendFileSync(record, `watching ${process.pid}\n`)
