// What the REST door itself costs a request before Postgres is asked: parsing, planning and compiling, on the catalog
// of a running project, without HTTP and without the database.

import { conditions, type Conditions } from '../conditions/conditions.ts'
import { median, postgresVersion } from '../rest-read/bench-rest-read.ts'
import { type Project, startWholeServer } from '../rest-read/whole-server.ts'
import { planFor } from '../../packages/server/src/rest/plan/plan-for.ts'
import { parseRequest } from '../../packages/server/src/rest/request/parse-request.ts'
import { compile } from '../../packages/server/src/rest/sql/compile.ts'
import type { WebRequest } from '../../packages/server/src/rest/web.ts'
import { makeWorkloadsProject } from './bench-rest.ts'
import { rowsPlan, type Stages, stagesOf, webRequestOf } from './door-stages.ts'
import { WORKLOADS } from './workloads.ts'

type Shape = 'pointRead' | 'twoLevelEmbed'

/** Microseconds a request. */
interface StageFigures {
  readonly parse: number
  readonly plan: number
  readonly compile: number
  /** All three in one loop, as a request goes through them. */
  readonly together: number
}

export interface StagesReport {
  readonly bench: 'rest-stages'
  readonly conditions: Conditions & { readonly rounds: number; readonly iterations: number }
  /** Medians over the rounds. */
  readonly figures: Readonly<Record<Shape, StageFigures>>
  /** Of `together`. */
  readonly bars: typeof BARS
}

const BARS = { pointRead: { atMost: 20 }, twoLevelEmbed: { atMost: 60 } } as const
const SHAPES = ['pointRead', 'twoLevelEmbed'] as const
const ITERATIONS = 2_000
const WARM_UP_ROUNDS = 10
const ROUNDS_FOR_EACH = 4

/** Measures `4 × rounds` rounds of both shapes in turn. Slow is a figure like any other. */
export async function benchRestStages({ rounds }: { readonly rounds: number }): Promise<StagesReport> {
  const project = await makeWorkloadsProject(2)
  try {
    const { stages, postgres } = await prepared(project)
    const all = await runRounds(project, stages, rounds * ROUNDS_FOR_EACH)
    return {
      bench: 'rest-stages',
      conditions: { ...conditions(postgres), rounds: rounds * ROUNDS_FOR_EACH, iterations: ITERATIONS },
      figures: { pointRead: mediansOf(all.pointRead), twoLevelEmbed: mediansOf(all.twoLevelEmbed) },
      bars: BARS,
    }
  } finally {
    await project.remove()
  }
}

/** The server is stopped again before anything is measured. */
async function prepared(project: Project): Promise<{ readonly stages: Stages; readonly postgres: string }> {
  const whole = await startWholeServer(project)
  try {
    return { stages: await stagesOf(project), postgres: await postgresVersion(project.databaseUrl) }
  } finally {
    await whole.stop()
  }
}

async function runRounds(
  project: Project,
  stages: Stages,
  rounds: number,
): Promise<Readonly<Record<Shape, readonly StageFigures[]>>> {
  const requests = { pointRead: requestsOf('pointRead', project), twoLevelEmbed: requestsOf('twoLevelEmbed', project) }
  const measured: Record<Shape, StageFigures[]> = { pointRead: [], twoLevelEmbed: [] }
  for (let round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
    for (const shape of round % 2 === 0 ? SHAPES.toReversed() : SHAPES) {
      const figures = await measure(requests[shape], stages)
      if (round > 0) measured[shape].push(figures)
    }
  }
  return measured
}

/** As many requests of one shape, each with another value. */
function requestsOf(shape: Shape, project: Project): readonly WebRequest[] {
  const workload = WORKLOADS.find(({ name }) => name === shape)
  if (workload === undefined) throw new TypeError(`no workload ${shape}`)
  return Array.from({ length: ITERATIONS }, (_, at) =>
    webRequestOf({ ...workload, query: workload.query.replace('id=eq.42', `id=eq.${at + 1}`) }, project),
  )
}

async function measure(webs: readonly WebRequest[], { catalog, config }: Stages): Promise<StageFigures> {
  const begin = performance.now()
  for (const web of webs) compile(rowsPlan(planFor(await parseRequest(web, config), catalog, config)))
  const together = performance.now()
  const requests = []
  for (const web of webs) requests.push(await parseRequest(web, config))
  const parsed = performance.now()
  const plans = requests.map((request) => rowsPlan(planFor(request, catalog, config)))
  const planned = performance.now()
  for (const plan of plans) compile(plan)
  const compiled = performance.now()
  return {
    parse: each(parsed - together),
    plan: each(planned - parsed),
    compile: each(compiled - planned),
    together: each(together - begin),
  }
}

function each(milliseconds: number): number {
  return (milliseconds * 1000) / ITERATIONS
}

function mediansOf(rounds: readonly StageFigures[]): StageFigures {
  return {
    parse: median(rounds.map(({ parse }) => parse)),
    plan: median(rounds.map(({ plan }) => plan)),
    compile: median(rounds.map((figures) => figures.compile)),
    together: median(rounds.map(({ together }) => together)),
  }
}
