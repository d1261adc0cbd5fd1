import { CopyButton } from '../parts/copy-button'
import { Panel } from './panel'
import { useFinalDigest } from './questions'

/** How a reader who trusts nobody gets to the same figures. */
export function CheckYourself() {
  const { answer } = useFinalDigest()
  const block = answer?.snapshot.block
  return (
    <Panel
      id="check"
      title="Check it yourself"
      about="From a look at one figure to making the whole history anew: each step takes less on trust than the one before."
      isWide
    >
      <ol class="steps">
        {stepsOf(location.origin, block).map(({ title, says, commands }) => (
          <li key={title}>
            <strong>{title}</strong>
            <p class="about">{says}</p>
            {commands.map((command) => (
              <div class="copied" key={command}>
                <pre>
                  <code>{command}</code>
                </pre>
                <CopyButton text={command} what={`the command: ${title}`} />
              </div>
            ))}
          </li>
        ))}
      </ol>
      <nav aria-label="Interfaces">
        <ul class="links">
          <li>
            <a href="/api/docs">REST API and downloads</a>
          </li>
          <li>
            <a href="/graphql">GraphQL, with an editor</a>
          </li>
          <li>
            <a href="/status">Status</a>
          </li>
        </ul>
      </nav>
    </Panel>
  )
}

interface Step {
  readonly title: string
  readonly says: string
  readonly commands: readonly string[]
}

function stepsOf(origin: string, block: number | undefined): readonly Step[] {
  const at = block === undefined ? '' : `(block: { number: ${block} })`
  const asked = JSON.stringify({
    query: `{ supply${at} { totalSupply { decimal } } asOf${at} { snapshot { digest } } }`,
  })
  return [
    {
      title: 'Ask for a figure at a block',
      says: 'The answer names its block and the digest of the history up to there. Compare the supply with totalSupply() of the token at the same block, on any explorer or node.',
      commands: [`curl -s ${origin}/graphql -H 'content-type: application/json' -d '${asked}'`],
    },
    {
      title: 'Take the history with you',
      says: 'Files of final blocks, beside the database of an indexer of yours or as downloads from here, with manifests that name rules, range and digest. The same range gives the same bytes.',
      commands: ['npx ashao export all --format csv --out exports'],
    },
    {
      title: 'Verify the files',
      says: 'Hashes, order, running values and sums, without database, node or network.',
      commands: ['npx ashao verify exports'],
    },
    {
      title: 'Make them anew',
      says: 'From the logs of a node of your choice alone, byte by byte; supply, treasury and stake are compared with the contracts themselves.',
      commands: ['npx ashao reperform exports --rpc https://your.node'],
    },
  ]
}
