/**
 * How Node runs each command. The platform keeps within 350 MB: its many short-lived objects die young, so that a small
 * nursery costs little time and saves tens of MB for the main thread alone.
 * @param {string} command
 * @returns {string[]}
 */
export function nodeFlags(command) {
  const quiet = ['--disable-warning=ExperimentalWarning'];
  return command === 'start' ? [...quiet, '--max-semi-space-size=4', '--max-old-space-size=192'] : quiet;
}
