import { cards, feed, title } from '../site';

export const GET = () => feed(title, '/', cards);
