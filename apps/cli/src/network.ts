export { createHttpClient, npmNetworkSettings } from '@cliparity/acquisition';
