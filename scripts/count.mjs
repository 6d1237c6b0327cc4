/** Jest's result in one line that any pipeline can read, below the summary that Jest itself prints last. */
export default class Count {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`
    process.once('exit', () => process.stderr.write(line))
  }
}
