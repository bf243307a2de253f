import { z } from 'zod';
import { Card, Carousel, Container } from './card-blocks.ts';
import { DataTable, DataVisualization, Table } from './data-blocks.ts';
import { limits } from './limits.ts';
import {
  Actions,
  Alert,
  Context,
  ContextActions,
  Divider,
  Header,
  Image,
  Input,
  Markdown,
  Section,
  taskBlocks,
  Video,
} from './plain-blocks.ts';
import { RichText } from './rich-text.ts';

const everywhere = [Header, Section, Context, Actions, Divider, Image, Input, RichText, Video] as const;
const onlyMessages = [ContextActions, Markdown, Container, DataVisualization, ...taskBlocks] as const;
/** Slack's own list has cards in modals too, where they are reported not to be drawn. */
const cards = [Card, Carousel] as const;
const tables = [Table, DataTable] as const;

export type Surface = 'message' | 'modal' | 'home';

export const blocksBySurface = {
  message: z
    .array(z.discriminatedUnion('type', [...everywhere, ...onlyMessages, ...cards, ...tables]))
    .max(limits.blocksPerMessage),
  modal: z.array(z.discriminatedUnion('type', [...everywhere, ...cards, Alert])).max(limits.blocksPerView),
  home: z.array(z.discriminatedUnion('type', [...everywhere, ...cards, ...tables])).max(limits.blocksPerView),
} as const;
