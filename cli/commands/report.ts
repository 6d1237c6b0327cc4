import type { AddCommand } from '../command'
import { type Beside, given } from '../given'
import { codeOfPlans } from '../judge'
import { policiesOption } from '../own'

interface Options extends Beside {
  readonly out: string
}

/** `keyreach report`: a page to look at. It fails where not all could be judged; what fails a pipeline is `check`. */
export const report: AddCommand = (program, exit) => {
  program
    .command('report')
    .summary('write a page to look at')
    .description(
      'Writes what check finds as a page in one file: a map of who reaches which keys, findings with their fixes, and who may do what. It loads and sends nothing. The exit code is 0 whatever is found, 2 where it could not be judged.',
    )
    .argument('[plans...]', '[ACCOUNT=]PLAN, as for check')
    .requiredOption('-o, --out <file>', 'the page: report.html')
    .option('-c, --config <file>', 'what no plan shows (default: ./keyreach.yaml where there is one)')
    .option(...policiesOption)
    .action(async (plans: readonly string[], options: Options) => {
      const { writeReport } = await import('../report-page')
      const { world, own } = await given(plans, options)
      exit(writeReport(world, own, options.out) ? codeOfPlans(world) : 2)
    })
}
