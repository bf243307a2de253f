/** `user_id`, `row`, `uuid` in any case ... */
const IDENTIFIER_WORD = /(?:^|[_\s.-])(?:id|ids|uuid|guid|key|hash|token|index|row)$/i;
/** ... and `userId`, but not `valid`. */
const IDENTIFIER_CAMEL = /[a-z](?:Id|ID|Uuid|UUID|Key|Hash|Token)$/;
/** `status_code`, `httpStatus`, `device-type`, `zip`: numbers that name something, so that their mean means nothing. */
const CODE_WORD =
  /(?:^|[_\s.-])(?:code|codes|type|class|category|status|bucket|cluster|segment|kind|mode|channel|zip|zipcode|postcode|plz)$/i;
const CODE_CAMEL = /[a-z](?:Code|Type|Class|Category|Status|Bucket|Cluster|Segment|Kind|Mode|Channel|Zip|Postcode)$/;
const CODE_PHRASE = /(?:^|[_\s.-])(?:zip|postal|post)[_\s.-]?code(?:$|[_\s.-])/i;
/** `created_at`, `event_ts`, `requestTime`. */
const TIME_WORD =
  /(?:^|[_\s.-])(?:at|on|ts|time|timestamp|datetime|date|day|dt|epoch|created|updated|modified)(?:_?(?:s|ms|us|ns|utc|sec|seconds|millis))?$/i;
const TIME_CAMEL = /[a-z](?:At|On|Ts|Time|Timestamp|Date|Day|Epoch)(?:Ms|Utc)?$/;
/** `is_new`, `hasCar`, `opt_in_flag`. */
const TRUTH_WORD = /^(?:is|has|was|were|did|does|can|should|will)[_\s.-]|(?:^|[_\s.-])(?:flag|bool|boolean|yn)$/i;
const TRUTH_CAMEL = /^(?:is|has|was|did|can|should|will)[A-Z]|[a-z]Flag$/;
/** `num_clicks`, `orders`: zeros and ones in a sample may be counts that are small. */
const COUNT_WORD =
  /(?:^|[_\s.-])(?:n|num|nr|count|counts|cnt|number|total|qty|quantity|sum|clicks|views|visits|orders|items)(?:$|[_\s.-])/i;
/** Folders that Hive and Spark jobs write for each time. */
const TIME_PART = /^(?:year|yyyy|month|mm|day|dd|hour|hh|week|dt|ds|date|partition_?date|.*_(?:date|day|dt|hour))$/i;

/** Names that say what numbers stand for; a name alone never decides. */
export function isNamedLikeIdentifier(name: string): boolean {
  return IDENTIFIER_WORD.test(name) || IDENTIFIER_CAMEL.test(name);
}

export function isNamedLikeCode(name: string): boolean {
  return CODE_WORD.test(name) || CODE_CAMEL.test(name) || CODE_PHRASE.test(name);
}

export function isNamedLikeTime(name: string): boolean {
  return TIME_WORD.test(name) || TIME_CAMEL.test(name);
}

export function isNamedLikeTruth(name: string): boolean {
  return TRUTH_WORD.test(name) || TRUTH_CAMEL.test(name);
}

export function isNamedLikeCount(name: string): boolean {
  return COUNT_WORD.test(name) || /(?:Count|Total|Quantity)$/.test(name);
}

export function isNamedLikeTimePart(name: string): boolean {
  return TIME_PART.test(name);
}
