// The words behind a command: an option that does not exist, a number that is none or a word too much is one line that says
// what there is, never a stack.

import { parseArgs, type ParseArgsConfig } from 'node:util'

const WRONG_USE = 2

/** As `parseArgs`; `usage` is what follows the command's name when it is called rightly. */
export function readCommandLine<const Config extends ParseArgsConfig>(command: string, usage: string, config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs<Config>(config)
  } catch (error) {
    if (!isWrongUse(error)) throw error
    const [said] = error.message.split(/\. (?:To specify|This command)/)
    return endWith(command, `${said ?? error.message}; there is: ${usage}`, WRONG_USE)
  }
}

/** Says one line and ends. */
export function endWith(command: string, line: string, code = 1): never {
  process.stderr.write(`${command}: ${line}\n`)
  process.exit(code)
}

export function readPort(command: string, option: string, text: string, portMax = 65_535): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1024 || port > portMax) endWith(command, `${option} is a number from 1024 to ${portMax}, not ${text}`, WRONG_USE)
  return port
}

function isWrongUse(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
}
