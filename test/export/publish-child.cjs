// Publishes one file with the compiled program, and kills itself at a given operation on files if it is told to.
const promises = require('node:fs/promises')
const { join } = require('node:path')

const lib = join(__dirname, '..', '..', 'lib')
const [directory, format, rowCount, killAt, facts] = process.argv.slice(2)
let operations = 0

function counting(of, names) {
  for (const name of names) {
    const operation = of[name]
    of[name] = function (...args) {
      operations += 1
      if (operations === Number(killAt)) process.kill(process.pid, 'SIGKILL')
      return operation.apply(this, args)
    }
  }
}

async function main() {
  const handle = await promises.open(__filename)
  counting(Object.getPrototypeOf(handle), ['write', 'sync'])
  await handle.close()
  counting(promises, ['open', 'rename', 'truncate', 'mkdir', 'rm'])
  const { publish } = require(join(lib, 'export', 'publish.js'))
  const { dataContent } = require(join(lib, 'export', 'file-content.js'))
  const { readManifests } = require(join(lib, 'export', 'manifests.js'))

  const columns = ['block_number', 'log_index', 'value'].map((name) => ({
    name,
    kind: name === 'value' ? 'amount' : 'integer',
    isNullable: false,
    description: '',
  }))
  let asked = 0
  async function* rows(after) {
    let row = after === undefined ? 0 : after.blockNumber * 3 + after.logIndex + 1
    while (row < Number(rowCount)) {
      const bundle = []
      for (; bundle.length < 7_001 && row < Number(rowCount); row += 1) {
        bundle.push([String(Math.floor(row / 3)), String(row % 3), String(BigInt(row) ** 5n)])
        asked += 1
      }
      yield bundle
    }
  }
  const content = dataContent(format, columns, { rows, isResumable: true })
  const { manifest, wasThere } = await publish(directory, JSON.parse(facts), content, {
    published: await readManifests(directory),
  })
  process.stdout.write(JSON.stringify({ manifest, wasThere, asked, operations }))
}

main().catch((error) => {
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }))
  process.exitCode = 1
})
