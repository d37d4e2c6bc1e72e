import { cardsOf, feed, sections } from '../../site';

export const getStaticPaths = () => Object.keys(sections).map(section => ({ params: { section } }));

export const GET = ({ params }: any) => feed(sections[params.section], `/${params.section}/`, cardsOf(params.section));
