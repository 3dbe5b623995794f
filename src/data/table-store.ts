import { DynamoDbTableStore } from './dynamo-db-table-store';
import type { DynamoDbTableStoreProps } from './dynamo-db-table-store-props';
import type { ITableStore } from './table-store-ref';

/** The tables a system can use, which are asked by key and not in SQL. Your own: implement `ITableStore`. */
export class TableStore {
  /**
   * Amazon DynamoDB: kept in several zones, nothing to fail over, no connections, paid by the request. Restored to any moment of
   * the last 35 days.
   *
   * @throws InvalidTableStore naming everything that is wrong
   */
  public static dynamoDb(props: DynamoDbTableStoreProps): ITableStore {
    return new DynamoDbTableStore(props);
  }

  private constructor() {}
}
