// Regenerates everything that is generated and committed, from its one source each:
//   contracts (src/devnet/contracts)  -> abi/*.json, src/devnet/artifacts/*.json
//   abi/*.json                        -> src/abi/*.ts
//   schema.graphql                    -> src/model, db/migrations (a new migration for what changed)
//   src/graphql                       -> schema.api.graphql, examples/typed-client/generated.ts,
//                                        src/dashboard/generated.ts
//   src/core/figures.ts               -> docs/figures.md
//   src/core/datasets                 -> docs/datasets.md
// `node scripts/generate.mjs --check` writes nothing and exits 1, naming what is stale.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileContracts } from './compile-contracts.mjs'
import { datasetsDocument } from './datasets-document.mjs'
import { figuresDocument } from './figures-document.mjs'
import { pendingSchemaChanges } from './pending-schema-changes.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)
const check = process.argv.includes('--check')
const stage = mkdtempSync(path.join(os.tmpdir(), 'ashao-generate-'))
const stale = []
/** The ABIs whose logs the indexer decodes. */
const INDEXED_ABIS = new Set(['token.json', 'staking.json', 'stable.json', 'events-in-the-wild.json'])

try {
  for (const [file, text] of compileContracts()) write(file, text)
  generateAbi()
  generateModel()
  publish(['abi', 'src/abi', 'src/devnet/artifacts', 'src/model'])
  // The model and the API's classes have to be compiled before the database and the SDL can follow them.
  if (!check) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  publishText('schema.api.graphql', require(path.join(root, 'lib/graphql/print-api-schema')).printApiSchema())
  publishClients()
  publishText('docs/figures.md', figuresDocument(root))
  publishText('docs/datasets.md', datasetsDocument(root))
  await generateMigration()
} finally {
  rmSync(stage, { recursive: true, force: true })
}

if (stale.length > 0) {
  console.error(`Stale generated files; run "npm run generate" and commit:\n  ${stale.join('\n  ')}`)
  process.exit(1)
}
console.log(check ? 'Generated files are fresh.' : 'Generated files are up to date.')

function generateAbi() {
  const abis = readdirSync(path.join(stage, 'abi')).filter((name) => INDEXED_ABIS.has(name))
  run('squid-evm-typegen', ['src/abi', ...abis.map((name) => path.join('abi', name))])
}

function generateModel() {
  cpSync(path.join(root, 'schema.graphql'), path.join(stage, 'schema.graphql'))
  run('squid-typeorm-codegen', [])
}

/** Types of committed queries, by a generator that others use, from the schema as it is committed. */
function publishClients() {
  const script = path.join(root, 'scripts/generate-client.mjs')
  try {
    execFileSync(process.execPath, [script, ...(check ? ['--check'] : [])], { cwd: root, stdio: 'pipe' })
  } catch (error) {
    if (!check) throw error
    stale.push('examples/typed-client/generated.ts or src/dashboard/generated.ts')
  }
}

async function generateMigration() {
  const { up, down } = await pendingSchemaChanges(root)
  if (up.length === 0) return
  if (check) {
    stale.push(`db/migrations (schema.graphql asks for: ${up[0]}${up.length > 1 ? ', …' : ''})`)
    return
  }
  const name = `Data${Date.now()}`
  const body = (queries) => queries.map((query) => `    await db.query(\`${query}\`)\n`).join('')
  const text = `module.exports = class ${name} {\n  name = '${name}'\n\n  async up(db) {\n${body(up)}  }\n\n  async down(db) {\n${body(down)}  }\n}\n`
  mkdirSync(path.join(root, 'db/migrations'), { recursive: true })
  writeFileSync(path.join(root, 'db/migrations', `${name.slice(4)}-Data.js`), text)
}

function run(binary, args) {
  execFileSync(path.join(root, 'node_modules/.bin', binary), args, {
    cwd: stage,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SQD_WARN: '*' },
  })
}

function write(file, text) {
  const target = path.join(stage, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

/** Makes the committed folders equal to the staged ones, or says where they differ. */
function publish(folders) {
  for (const folder of folders) {
    const fresh = filesBelow(path.join(stage, folder))
    const committed = filesBelow(path.join(root, folder))
    for (const file of committed) {
      if (fresh.includes(file)) continue
      if (check) stale.push(`${folder}/${file} (its source is gone)`)
      else rmSync(path.join(root, folder, file))
    }
    for (const file of fresh)
      publishText(`${folder}/${file}`, readFileSync(path.join(stage, folder, file), 'utf8'))
  }
}

function publishText(file, text) {
  const target = path.join(root, file)
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return
  if (check) {
    stale.push(file)
    return
  }
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort()
}
