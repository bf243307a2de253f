import type {
  BlockAction,
  BlockSuggestion,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import type { AppHomeOpenedEvent, AppMentionEvent, HomeView, KnownBlock, ModalView } from '@slack/types';
import type {
  AuthTestResponse,
  ChatPostMessageResponse,
  ChatUpdateResponse,
  ConversationsInfoResponse,
  ConversationsListResponse,
  FilesInfoResponse,
  UsergroupsListResponse,
  UsersInfoResponse,
  ViewsOpenResponse,
  ViewsPublishResponse,
} from '@slack/web-api';

/** Slack's own types, of which JSON schemas are made: what an app may send, what it is sent, what it is answered. */
export type Message = KnownBlock[];
export type Modal = Omit<ModalView, 'blocks'> & { blocks: KnownBlock[] };
export type Home = Omit<HomeView, 'blocks'> & { blocks: KnownBlock[] };

export type BlockActions = BlockAction;
export type BlockSuggestions = BlockSuggestion;
export type Command = SlashCommand;
export type Submission = ViewSubmitAction;
export type Closing = ViewClosedAction;
export type ShortcutOfMessage = MessageShortcut;
export type ShortcutOfNone = GlobalShortcut;
export type StoredView = ViewOutput;
export type Mention = AppMentionEvent;
export type HomeOpened = AppHomeOpenedEvent;

export type Identity = AuthTestResponse;
export type Posted = ChatPostMessageResponse;
export type Updated = ChatUpdateResponse;
export type ChannelInfo = ConversationsInfoResponse;
export type ChannelList = ConversationsListResponse;
export type FileInfo = FilesInfoResponse;
export type GroupList = UsergroupsListResponse;
export type UserInfo = UsersInfoResponse;
export type ViewOpened = ViewsOpenResponse;
export type ViewPublished = ViewsPublishResponse;
