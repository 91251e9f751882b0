export { plainLine, plainText } from '@cliparity/model';
