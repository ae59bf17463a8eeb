// Exported by kxmodel from schemas/shop.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Shop.
 *
 * A web shop in one table: customers, orders, order lines, products and invoices. A customer's
 * orders share the customer's partition. An order line stands in the partition of its product and
 * carries its order as sort key, so that the table answers which orders a product is in, and the
 * inverted index GSI1 which lines an order has.
 */

import * as kx from "./runtime/index.js";

/** A postal address. */
export interface Address {
  /** Street and number. Personal data. */
  street: string;
  /** City or town. */
  city: string;
  /** Postal code. */
  postcode?: string;
  /** Country, as an ISO 3166 code of two letters. minLength: `2`. maxLength: `2`. */
  country: string;
}

/**
 * Somebody who buys.
 *
 * Other attributes may be there.
 */
export interface Customer {
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** E-mail address, which the customer signs in with. maxLength: `254`. Personal data. */
  email: string;
  /** Full name. minLength: `1`. Personal data. */
  name: string;
  /** Addresses by the name that the customer gave them, such as home. Personal data. */
  addresses?: { [name: string]: Address };
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly createdAt: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly updatedAt: string;
  /** Partition key of the table, sort key of GSI1, derived: `CUSTOMER#${customerId}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `CUSTOMER#${customerId}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `EMAIL#${email}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `CUSTOMER#${customerId}`. */
  readonly GSI2SK?: string;
}

/** What is given to create an item of Customer: keys are derived. */
export interface CustomerInput {
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** E-mail address, which the customer signs in with. maxLength: `254`. Personal data. */
  email: string;
  /** Full name. minLength: `1`. Personal data. */
  name: string;
  /** Addresses by the name that the customer gave them, such as home. Personal data. */
  addresses?: { [name: string]: Address };
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  createdAt?: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  updatedAt?: string;
}

/**
 * What a customer wants, from the basket to the doorstep. It belongs to the customer's item
 * collection.
 *
 * Other attributes may be there.
 */
export interface Order {
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  readonly orderId: string;
  /**
   * How far the order has come. While it is placed or paid it is open, and stands on the list of
   * its warehouse.
   */
  status: "basket" | "placed" | "paid" | "shipped" | "delivered" | "cancelled";
  /**
   * The warehouse that packs the order; chosen when it is placed. minLength: `1`. maxLength: `64`.
   */
  warehouse?: string;
  /** How urgent the order is; the larger the sooner it is packed. minimum: `0`. maximum: `1000`. */
  priority?: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** Sum of all lines, in the order's currency. minimum: `0`. */
  total: number;
  /** Where the order goes to. Personal data. */
  shipTo?: Address;
  /**
   * When an abandoned basket may be deleted, in seconds since 1970-01-01 UTC. Removed when the
   * order is placed. minimum: `0`.
   */
  expiresAt?: number;
  /** Counted up by every write, so that two people do not overwrite each other's changes. */
  readonly version?: number;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly createdAt: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly updatedAt: string;
  /**
   * Partition key of the table and of LSI1, sort key of GSI1, derived: `CUSTOMER#${customerId}`.
   */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `ORDER#${orderId}`. */
  readonly SK: string;
  /** Partition key of GSI3, derived: `OPEN#${warehouse}`. */
  readonly GSI3PK?: string;
  /** Sort key of GSI3, derived: `${priority}`. */
  readonly GSI3SK?: number;
}

/** What is given to create an item of Order: keys are derived. */
export interface OrderInput {
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  orderId?: string;
  /**
   * How far the order has come. While it is placed or paid it is open, and stands on the list of
   * its warehouse.
   */
  status: "basket" | "placed" | "paid" | "shipped" | "delivered" | "cancelled";
  /**
   * The warehouse that packs the order; chosen when it is placed. minLength: `1`. maxLength: `64`.
   */
  warehouse?: string;
  /** How urgent the order is; the larger the sooner it is packed. minimum: `0`. maximum: `1000`. */
  priority?: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** Sum of all lines, in the order's currency. minimum: `0`. */
  total: number;
  /** Where the order goes to. Personal data. */
  shipTo?: Address;
  /**
   * When an abandoned basket may be deleted, in seconds since 1970-01-01 UTC. Removed when the
   * order is placed. minimum: `0`.
   */
  expiresAt?: number;
  /** Counted up by every write, so that two people do not overwrite each other's changes. */
  version?: number;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly createdAt?: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  updatedAt?: string;
}

/**
 * Order line.
 *
 * One product in one order: the link between the two. Name and price are those of the day of the
 * order.
 *
 * Other attributes may be there.
 */
export interface OrderLine {
  /** The product's article number. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  sku: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  orderId: string;
  /** The product's name when it was ordered. */
  name: string;
  /** How many were ordered. minimum: `1`. */
  quantity: number;
  /** Price of one, when it was ordered. minimum: `0`. */
  unitPrice: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** Partition key of the table, sort key of GSI1, derived: `PRODUCT#${sku}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `ORDER#${orderId}`. */
  readonly SK: string;
}

/** What is given to create an item of OrderLine: keys are derived. */
export interface OrderLineInput {
  /** The product's article number. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  sku: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  orderId: string;
  /** The product's name when it was ordered. */
  name: string;
  /** How many were ordered. minimum: `1`. */
  quantity: number;
  /** Price of one, when it was ordered. minimum: `0`. */
  unitPrice: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
}

/**
 * Something the shop sells.
 *
 * Other attributes may be there.
 */
export interface Product {
  /** The product's article number. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  sku: string;
  /** Name, as customers see it. minLength: `1`. */
  name: string;
  /**
   * The category in which the product is shown; without one it is not shown in any. minLength: `1`.
   * maxLength: `64`.
   */
  category?: string;
  /**
   * Price of one, with at most two decimals. Inside the key it is padded to eight digits and two
   * decimals, so that 9.50 sorts before 12.99. minimum: `0`. maximum: `99999999.99`. multipleOf:
   * `0.01`.
   */
  price: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** Words by which the product is found. uniqueItems: `true`. */
  labels?: string[];
  /** How many are in stock. minimum: `0`. */
  stock?: number;
  /** Counted up by every write, so that the last one in stock is sold once. */
  readonly version?: number;
  /** Partition key of the table, sort key of GSI1, derived: `PRODUCT#${sku}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `PRODUCT#${sku}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `CATEGORY#${category}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `${price|pad:8.2}`. */
  readonly GSI2SK?: string;
}

/** What is given to create an item of Product: keys are derived. */
export interface ProductInput {
  /** The product's article number. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  sku: string;
  /** Name, as customers see it. minLength: `1`. */
  name: string;
  /**
   * The category in which the product is shown; without one it is not shown in any. minLength: `1`.
   * maxLength: `64`.
   */
  category?: string;
  /**
   * Price of one, with at most two decimals. Inside the key it is padded to eight digits and two
   * decimals, so that 9.50 sorts before 12.99. minimum: `0`. maximum: `99999999.99`. multipleOf:
   * `0.01`.
   */
  price: number;
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** Words by which the product is found. uniqueItems: `true`. */
  labels?: string[];
  /** How many are in stock. minimum: `0`. */
  stock?: number;
  /** Counted up by every write, so that the last one in stock is sold once. */
  version?: number;
}

/**
 * What is to be paid for an order. It has a partition of its own, so that its number finds it, and
 * the order's sort key, so that it comes with the order.
 *
 * Other attributes may be there.
 */
export interface Invoice {
  /**
   * Number of the invoice, never used twice. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`.
   */
  invoiceNumber: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  orderId: string;
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** Whether the invoice is paid. While it is unpaid it stands on the list of its currency. */
  status: "unpaid" | "paid" | "void";
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** What is still to be paid. minimum: `0`. */
  amountDue: number;
  /**
   * What the customer writes on the transfer: invoice number and customer. Derived:
   * `${invoiceNumber}/${customerId}`.
   */
  readonly paymentReference?: string;
  /** When the invoice was issued: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly issuedAt: string;
  /** When the invoice was paid: ISO 8601 timestamp in UTC with milliseconds and Z. */
  paidAt?: string;
  /** Partition key of the table, sort key of GSI1, derived: `INVOICE#${invoiceNumber}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `ORDER#${orderId}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `CUSTOMER#${customerId}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `${issuedAt}`. */
  readonly GSI2SK?: string;
  /** Partition key of GSI3, derived: `UNPAID#${currency}`. */
  readonly GSI3PK?: string;
  /** Sort key of GSI3, derived: `${amountDue}`. */
  readonly GSI3SK?: number;
}

/** What is given to create an item of Invoice: keys are derived. */
export interface InvoiceInput {
  /**
   * Number of the invoice, never used twice. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`.
   */
  invoiceNumber: string;
  /** The order's id: a ULID, which sorts by the time at which the order was begun. */
  orderId: string;
  /** The customer's id. pattern: `^[^#/]+$`. minLength: `1`. maxLength: `64`. */
  customerId: string;
  /** Whether the invoice is paid. While it is unpaid it stands on the list of its currency. */
  status: "unpaid" | "paid" | "void";
  /** Currency, as an ISO 4217 code of three letters. minLength: `3`. maxLength: `3`. */
  currency: string;
  /** What is still to be paid. minimum: `0`. */
  amountDue: number;
  /** When the invoice was issued: ISO 8601 timestamp in UTC with milliseconds and Z. */
  issuedAt?: string;
  /** When the invoice was paid: ISO 8601 timestamp in UTC with milliseconds and Z. */
  paidAt?: string;
}

const CUSTOMER_PK = new kx.Template("CUSTOMER#${customerId}", "CUSTOMER#", [
  kx.part("customerId", ""),
]);
const CUSTOMER_GSI2_PK = new kx.Template("EMAIL#${email}", "EMAIL#", [
  kx.part("email", "", { kind: "email" }),
]);

/** What the keys of Customer are made of. */
export type CustomerSources = {
  readonly customerId?: kx.Maybe<string>;
  readonly email?: kx.Maybe<string>;
};

/**
 * The table's key: PK `CUSTOMER#${customerId}`, SK `CUSTOMER#${customerId}`. Throws KeyRefused for
 * a source that is missing or cannot be part of a key.
 */
export function customerKey(
  item: { readonly customerId: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", CUSTOMER_PK, item);
  if (a === undefined) throw kx.missing("Customer", [CUSTOMER_PK, CUSTOMER_PK], item);
  const b = kx.textKey("SK", "range", CUSTOMER_PK, item);
  if (b === undefined) throw kx.missing("Customer", [CUSTOMER_PK, CUSTOMER_PK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `CUSTOMER#${customerId}`, PK `CUSTOMER#${customerId}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function customerGsi1(
  item: CustomerSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", CUSTOMER_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", CUSTOMER_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `EMAIL#${email}`, GSI2SK `CUSTOMER#${customerId}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function customerGsi2(
  item: CustomerSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", CUSTOMER_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", CUSTOMER_PK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Customer. */
export function explainCustomer(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Customer", undefined, "PK", CUSTOMER_PK, key),
    ...kx.explained("Customer", undefined, "SK", CUSTOMER_PK, key),
    ...kx.explained("Customer", "GSI1", "SK", CUSTOMER_PK, key),
    ...kx.explained("Customer", "GSI1", "PK", CUSTOMER_PK, key),
    ...kx.explained("Customer", "GSI2", "GSI2PK", CUSTOMER_GSI2_PK, key),
    ...kx.explained("Customer", "GSI2", "GSI2SK", CUSTOMER_PK, key),
  ];
}

const ORDER_PK = new kx.Template("CUSTOMER#${customerId}", "CUSTOMER#", [
  kx.part("customerId", ""),
]);
const ORDER_SK = new kx.Template("ORDER#${orderId}", "ORDER#", [
  kx.part("orderId", "", { kind: "ulid" }),
]);
const ORDER_LSI1_TOTAL = new kx.Template("${total}", "", [kx.part("total", "")]);
const ORDER_GSI3_PK = new kx.Template("OPEN#${warehouse}", "OPEN#", [kx.part("warehouse", "")]);
const ORDER_GSI3_SK = new kx.Template("${priority}", "", [kx.part("priority", "")]);

/** What the keys of Order are made of. */
export type OrderSources = {
  readonly customerId?: kx.Maybe<string>;
  readonly orderId?: kx.Maybe<string>;
  readonly total?: kx.Maybe<kx.NumberLike>;
  readonly warehouse?: kx.Maybe<string>;
  readonly priority?: kx.Maybe<kx.NumberLike>;
  readonly status?: kx.Maybe<"basket" | "placed" | "paid" | "shipped" | "delivered" | "cancelled">;
};

/**
 * The table's key: PK `CUSTOMER#${customerId}`, SK `ORDER#${orderId}`. Throws KeyRefused for a
 * source that is missing or cannot be part of a key.
 */
export function orderKey(
  item: { readonly customerId: string; readonly orderId: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", ORDER_PK, item);
  if (a === undefined) throw kx.missing("Order", [ORDER_PK, ORDER_SK], item);
  const b = kx.textKey("SK", "range", ORDER_SK, item);
  if (b === undefined) throw kx.missing("Order", [ORDER_PK, ORDER_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index LSI1: PK `CUSTOMER#${customerId}`, total `${total}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function orderLsi1(
  item: OrderSources,
): { readonly PK: string; readonly total: kx.NumberLike } | undefined {
  const a = kx.textKey("PK", "hash", ORDER_PK, item);
  if (a === undefined) return undefined;
  const b = kx.numberKey("total", item);
  if (b === undefined) return undefined;
  return { PK: a, total: b };
}

/**
 * The key in index GSI1: SK `ORDER#${orderId}`, PK `CUSTOMER#${customerId}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function orderGsi1(
  item: OrderSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", ORDER_SK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", ORDER_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI3: GSI3PK `OPEN#${warehouse}`, GSI3SK `${priority}`.
 *
 * Undefined where a source is missing, or `when` does not hold: the item is not in it.
 */
export function orderGsi3(
  item: OrderSources,
): { readonly GSI3PK: string; readonly GSI3SK: kx.NumberLike } | undefined {
  if (!kx.isOneOf(item, "status", "as-is", ["placed", "paid"])) return undefined;
  const a = kx.textKey("GSI3PK", "hash", ORDER_GSI3_PK, item);
  if (a === undefined) return undefined;
  const b = kx.numberKey("priority", item);
  if (b === undefined) return undefined;
  return { GSI3PK: a, GSI3SK: b };
}

/** Every way to read the text of a key as one of Order. */
export function explainOrder(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Order", undefined, "PK", ORDER_PK, key),
    ...kx.explained("Order", undefined, "SK", ORDER_SK, key),
    ...kx.explained("Order", "LSI1", "PK", ORDER_PK, key),
    ...kx.explained("Order", "GSI1", "SK", ORDER_SK, key),
    ...kx.explained("Order", "GSI1", "PK", ORDER_PK, key),
    ...kx.explained("Order", "GSI3", "GSI3PK", ORDER_GSI3_PK, key),
  ];
}

const ORDER_LINE_PK = new kx.Template("PRODUCT#${sku}", "PRODUCT#", [kx.part("sku", "")]);
const ORDER_LINE_SK = new kx.Template("ORDER#${orderId}", "ORDER#", [
  kx.part("orderId", "", { kind: "ulid" }),
]);

/** What the keys of OrderLine are made of. */
export type OrderLineSources = {
  readonly sku?: kx.Maybe<string>;
  readonly orderId?: kx.Maybe<string>;
};

/**
 * The table's key: PK `PRODUCT#${sku}`, SK `ORDER#${orderId}`. Throws KeyRefused for a source that
 * is missing or cannot be part of a key.
 */
export function orderLineKey(
  item: { readonly sku: string; readonly orderId: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", ORDER_LINE_PK, item);
  if (a === undefined) throw kx.missing("OrderLine", [ORDER_LINE_PK, ORDER_LINE_SK], item);
  const b = kx.textKey("SK", "range", ORDER_LINE_SK, item);
  if (b === undefined) throw kx.missing("OrderLine", [ORDER_LINE_PK, ORDER_LINE_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `ORDER#${orderId}`, PK `PRODUCT#${sku}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function orderLineGsi1(
  item: OrderLineSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", ORDER_LINE_SK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", ORDER_LINE_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/** Every way to read the text of a key as one of OrderLine. */
export function explainOrderLine(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("OrderLine", undefined, "PK", ORDER_LINE_PK, key),
    ...kx.explained("OrderLine", undefined, "SK", ORDER_LINE_SK, key),
    ...kx.explained("OrderLine", "GSI1", "SK", ORDER_LINE_SK, key),
    ...kx.explained("OrderLine", "GSI1", "PK", ORDER_LINE_PK, key),
  ];
}

const PRODUCT_PK = new kx.Template("PRODUCT#${sku}", "PRODUCT#", [kx.part("sku", "")]);
const PRODUCT_GSI2_PK = new kx.Template("CATEGORY#${category}", "CATEGORY#", [
  kx.part("category", ""),
]);
const PRODUCT_GSI2_SK = new kx.Template("${price|pad:8.2}", "", [
  kx.part("price", "", { filters: [kx.pad(8, 2, false)], shape: [11, /^[0-9]{8}\.[0-9]{2}$/] }),
]);

/** What the keys of Product are made of. */
export type ProductSources = {
  readonly sku?: kx.Maybe<string>;
  readonly category?: kx.Maybe<string>;
  readonly price?: kx.Maybe<kx.NumberLike>;
};

/**
 * The table's key: PK `PRODUCT#${sku}`, SK `PRODUCT#${sku}`. Throws KeyRefused for a source that is
 * missing or cannot be part of a key.
 */
export function productKey(
  item: { readonly sku: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", PRODUCT_PK, item);
  if (a === undefined) throw kx.missing("Product", [PRODUCT_PK, PRODUCT_PK], item);
  const b = kx.textKey("SK", "range", PRODUCT_PK, item);
  if (b === undefined) throw kx.missing("Product", [PRODUCT_PK, PRODUCT_PK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `PRODUCT#${sku}`, PK `PRODUCT#${sku}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function productGsi1(
  item: ProductSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", PRODUCT_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", PRODUCT_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `CATEGORY#${category}`, GSI2SK `${price|pad:8.2}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function productGsi2(
  item: ProductSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", PRODUCT_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", PRODUCT_GSI2_SK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Product. */
export function explainProduct(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Product", undefined, "PK", PRODUCT_PK, key),
    ...kx.explained("Product", undefined, "SK", PRODUCT_PK, key),
    ...kx.explained("Product", "GSI1", "SK", PRODUCT_PK, key),
    ...kx.explained("Product", "GSI1", "PK", PRODUCT_PK, key),
    ...kx.explained("Product", "GSI2", "GSI2PK", PRODUCT_GSI2_PK, key),
    ...kx.explained("Product", "GSI2", "GSI2SK", PRODUCT_GSI2_SK, key),
  ];
}

const INVOICE_PK = new kx.Template("INVOICE#${invoiceNumber}", "INVOICE#", [
  kx.part("invoiceNumber", ""),
]);
const INVOICE_SK = new kx.Template("ORDER#${orderId}", "ORDER#", [
  kx.part("orderId", "", { kind: "ulid" }),
]);
const INVOICE_GSI2_PK = new kx.Template("CUSTOMER#${customerId}", "CUSTOMER#", [
  kx.part("customerId", ""),
]);
const INVOICE_GSI2_SK = new kx.Template("${issuedAt}", "", [
  kx.part("issuedAt", "", { kind: "timestamp" }),
]);
const INVOICE_GSI3_PK = new kx.Template("UNPAID#${currency}", "UNPAID#", [kx.part("currency", "")]);
const INVOICE_GSI3_SK = new kx.Template("${amountDue}", "", [kx.part("amountDue", "")]);
const INVOICE_PAYMENT_REFERENCE = new kx.Template("${invoiceNumber}/${customerId}", "", [
  kx.part("invoiceNumber", "/", { delimiter: "/" }),
  kx.part("customerId", ""),
]);

/** What the keys of Invoice are made of. */
export type InvoiceSources = {
  readonly invoiceNumber?: kx.Maybe<string>;
  readonly orderId?: kx.Maybe<string>;
  readonly customerId?: kx.Maybe<string>;
  readonly issuedAt?: kx.Maybe<string | Date>;
  readonly currency?: kx.Maybe<string>;
  readonly amountDue?: kx.Maybe<kx.NumberLike>;
  readonly status?: kx.Maybe<"unpaid" | "paid" | "void">;
};

/**
 * The table's key: PK `INVOICE#${invoiceNumber}`, SK `ORDER#${orderId}`. Throws KeyRefused for a
 * source that is missing or cannot be part of a key.
 */
export function invoiceKey(
  item: { readonly invoiceNumber: string; readonly orderId: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", INVOICE_PK, item);
  if (a === undefined) throw kx.missing("Invoice", [INVOICE_PK, INVOICE_SK], item);
  const b = kx.textKey("SK", "range", INVOICE_SK, item);
  if (b === undefined) throw kx.missing("Invoice", [INVOICE_PK, INVOICE_SK], item);
  return { PK: a, SK: b };
}

function invoiceSourced(item: unknown): unknown {
  let known = item;
  known = kx.withDerived(known, "paymentReference", INVOICE_PAYMENT_REFERENCE);
  return known;
}

/**
 * The key in index GSI1: SK `ORDER#${orderId}`, PK `INVOICE#${invoiceNumber}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function invoiceGsi1(
  item: InvoiceSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const known = invoiceSourced(item);
  const a = kx.textKey("SK", "hash", INVOICE_SK, known);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", INVOICE_PK, known);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `CUSTOMER#${customerId}`, GSI2SK `${issuedAt}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function invoiceGsi2(
  item: InvoiceSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const known = invoiceSourced(item);
  const a = kx.textKey("GSI2PK", "hash", INVOICE_GSI2_PK, known);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", INVOICE_GSI2_SK, known);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/**
 * The key in index GSI3: GSI3PK `UNPAID#${currency}`, GSI3SK `${amountDue}`.
 *
 * Undefined where a source is missing, or `when` does not hold: the item is not in it.
 */
export function invoiceGsi3(
  item: InvoiceSources,
): { readonly GSI3PK: string; readonly GSI3SK: kx.NumberLike } | undefined {
  const known = invoiceSourced(item);
  if (!kx.isOneOf(known, "status", "as-is", ["unpaid"])) return undefined;
  const a = kx.textKey("GSI3PK", "hash", INVOICE_GSI3_PK, known);
  if (a === undefined) return undefined;
  const b = kx.numberKey("amountDue", known);
  if (b === undefined) return undefined;
  return { GSI3PK: a, GSI3SK: b };
}

/** Every way to read the text of a key as one of Invoice. */
export function explainInvoice(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Invoice", undefined, "PK", INVOICE_PK, key),
    ...kx.explained("Invoice", undefined, "SK", INVOICE_SK, key),
    ...kx.explained("Invoice", "GSI1", "SK", INVOICE_SK, key),
    ...kx.explained("Invoice", "GSI1", "PK", INVOICE_PK, key),
    ...kx.explained("Invoice", "GSI2", "GSI2PK", INVOICE_GSI2_PK, key),
    ...kx.explained("Invoice", "GSI2", "GSI2SK", INVOICE_GSI2_SK, key),
    ...kx.explained("Invoice", "GSI3", "GSI3PK", INVOICE_GSI3_PK, key),
  ];
}

const QUERY_CUSTOMER_BY_EMAIL: kx.Pattern = {
  table: "shop",
  index: "GSI2",
  hash: [["GSI2PK", "S", CUSTOMER_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[CUSTOMER_PK]],
  given: [["email", "email"]],
  over: ["customerId", "as-is"],
  forward: true,
};

/**
 * Which customer has this e-mail address?
 *
 * Reads index GSI2, ascending. At most one item is expected.
 */
export function queryCustomerByEmail(
  given: { readonly email: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { email: given.email };
  return kx.query(QUERY_CUSTOMER_BY_EMAIL, item, options, undefined);
}

const QUERY_CUSTOMER_WITH_ORDERS: kx.Pattern = {
  table: "shop",
  hash: [["PK", "S", CUSTOMER_PK]],
  range: [["SK", "S"]],
  returns: [[CUSTOMER_PK], [ORDER_SK]],
  given: [["customerId", "as-is"]],
  forward: true,
  limit: 100,
  along: true,
};

/**
 * Who is this customer, and what did they order?
 *
 * A customer and all their orders, oldest order first, from one request.
 *
 * Reads the table, ascending.
 */
export function queryCustomerWithOrders(
  given: { readonly customerId: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { customerId: given.customerId };
  return kx.query(QUERY_CUSTOMER_WITH_ORDERS, item, options, undefined);
}

const QUERY_ORDER_OF_CUSTOMER: kx.Pattern = {
  table: "shop",
  hash: [["PK", "S", ORDER_PK]],
  range: [["SK", "S"]],
  returns: [[ORDER_SK]],
  given: [["customerId", "as-is"]],
  over: ["orderId", "ulid"],
  forward: false,
  limit: 20,
};

/**
 * What did a customer order?
 *
 * The orders of a customer, newest first. Order ids are ULIDs, so their order is that of time.
 *
 * Reads the table, descending. `range` narrows `orderId`.
 */
export function queryOrderOfCustomer(
  given: { readonly customerId: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { customerId: given.customerId };
  return kx.query(QUERY_ORDER_OF_CUSTOMER, item, options, options.range);
}

const QUERY_ORDER_LARGEST: kx.Pattern = {
  table: "shop",
  index: "LSI1",
  hash: [["PK", "S", ORDER_PK]],
  range: [["total", "N"]],
  returns: [[ORDER_LSI1_TOTAL]],
  given: [["customerId", "as-is"]],
  over: ["total", "as-is"],
  forward: false,
  limit: 10,
};

/**
 * Which were a customer's largest orders?
 *
 * Reads index LSI1, descending. `range` narrows `total`.
 */
export function queryOrderLargest(
  given: { readonly customerId: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { customerId: given.customerId };
  return kx.query(QUERY_ORDER_LARGEST, item, options, options.range);
}

const QUERY_ORDER_WITH_LINES: kx.Pattern = {
  table: "shop",
  index: "GSI1",
  hash: [["SK", "S", ORDER_SK]],
  range: [["PK", "S"]],
  returns: [[ORDER_PK], [INVOICE_PK], [ORDER_LINE_PK]],
  given: [["orderId", "ulid"]],
  forward: true,
  limit: 100,
  along: true,
};

/**
 * What is in an order, and what became of it?
 *
 * An order with its invoice and all its lines, from one request.
 *
 * Reads index GSI1, ascending.
 */
export function queryOrderWithLines(
  given: { readonly orderId: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { orderId: given.orderId };
  return kx.query(QUERY_ORDER_WITH_LINES, item, options, undefined);
}

const QUERY_ORDER_OPEN_IN: kx.Pattern = {
  table: "shop",
  index: "GSI3",
  hash: [["GSI3PK", "S", ORDER_GSI3_PK]],
  range: [["GSI3SK", "N"]],
  returns: [[ORDER_GSI3_SK]],
  given: [["warehouse", "as-is"]],
  over: ["priority", "as-is"],
  forward: false,
  limit: 100,
};

/**
 * What does a warehouse have to pack next?
 *
 * The open orders of a warehouse, the most urgent first.
 *
 * Reads index GSI3, descending. `range` narrows `priority`.
 */
export function queryOrderOpenIn(
  given: { readonly warehouse: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { warehouse: given.warehouse };
  return kx.query(QUERY_ORDER_OPEN_IN, item, options, options.range);
}

const QUERY_ORDER_LINE_OF_PRODUCT: kx.Pattern = {
  table: "shop",
  hash: [["PK", "S", ORDER_LINE_PK]],
  range: [["SK", "S"]],
  returns: [[ORDER_LINE_SK]],
  given: [["sku", "as-is"]],
  over: ["orderId", "ulid"],
  forward: false,
  limit: 100,
};

/**
 * In which orders was a product sold?
 *
 * The order lines of a product, newest order first.
 *
 * Reads the table, descending. `range` narrows `orderId`.
 */
export function queryOrderLineOfProduct(
  given: { readonly sku: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { sku: given.sku };
  return kx.query(QUERY_ORDER_LINE_OF_PRODUCT, item, options, options.range);
}

const QUERY_PRODUCT_IN_CATEGORY: kx.Pattern = {
  table: "shop",
  index: "GSI2",
  hash: [["GSI2PK", "S", PRODUCT_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[PRODUCT_GSI2_SK]],
  given: [["category", "as-is"]],
  over: ["price", "as-is"],
  forward: true,
  limit: 100,
};

/**
 * What is there in a category, and at which price?
 *
 * The products of a category, the cheapest first.
 *
 * Reads index GSI2, ascending. `range` narrows `price`.
 */
export function queryProductInCategory(
  given: { readonly category: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { category: given.category };
  return kx.query(QUERY_PRODUCT_IN_CATEGORY, item, options, options.range);
}

const QUERY_INVOICE_BY_NUMBER: kx.Pattern = {
  table: "shop",
  hash: [["PK", "S", INVOICE_PK]],
  range: [["SK", "S"]],
  returns: [[INVOICE_SK]],
  given: [["invoiceNumber", "as-is"]],
  over: ["orderId", "ulid"],
  forward: true,
};

/**
 * Which invoice bears this number?
 *
 * Reads the table, ascending. At most one item is expected.
 */
export function queryInvoiceByNumber(
  given: { readonly invoiceNumber: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { invoiceNumber: given.invoiceNumber };
  return kx.query(QUERY_INVOICE_BY_NUMBER, item, options, undefined);
}

const QUERY_INVOICE_BILLED_TO: kx.Pattern = {
  table: "shop",
  index: "GSI2",
  hash: [["GSI2PK", "S", INVOICE_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[INVOICE_GSI2_SK]],
  given: [["customerId", "as-is"]],
  over: ["issuedAt", "timestamp"],
  forward: false,
  limit: 100,
};

/**
 * Which invoices did a customer get?
 *
 * The invoices of a customer, newest first.
 *
 * Reads index GSI2, descending. `range` narrows `issuedAt`.
 */
export function queryInvoiceBilledTo(
  given: { readonly customerId: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string | Date> } = {},
): kx.QueryInput {
  const item = { customerId: given.customerId };
  return kx.query(QUERY_INVOICE_BILLED_TO, item, options, options.range);
}

const QUERY_INVOICE_UNPAID: kx.Pattern = {
  table: "shop",
  index: "GSI3",
  hash: [["GSI3PK", "S", INVOICE_GSI3_PK]],
  range: [["GSI3SK", "N"]],
  returns: [[INVOICE_GSI3_SK]],
  given: [["currency", "as-is"]],
  over: ["amountDue", "as-is"],
  forward: false,
  limit: 100,
};

/**
 * Which invoices are still to be paid?
 *
 * The unpaid invoices in one currency, the largest first. Amounts of different currencies do not
 * compare, so each has a partition of its own.
 *
 * Reads index GSI3, descending. `range` narrows `amountDue`.
 */
export function queryInvoiceUnpaid(
  given: { readonly currency: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { currency: given.currency };
  return kx.query(QUERY_INVOICE_UNPAID, item, options, options.range);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainCustomer(key),
    ...explainOrder(key),
    ...explainOrderLine(key),
    ...explainProduct(key),
    ...explainInvoice(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "shop",
  entities: {
    Customer: {
      key: customerKey,
      indexes: { GSI1: customerGsi1, GSI2: customerGsi2 },
      queries: { by_email: queryCustomerByEmail, with_orders: queryCustomerWithOrders },
      explain: explainCustomer,
    },
    Order: {
      key: orderKey,
      indexes: { LSI1: orderLsi1, GSI1: orderGsi1, GSI3: orderGsi3 },
      queries: {
        of_customer: queryOrderOfCustomer,
        largest: queryOrderLargest,
        with_lines: queryOrderWithLines,
        open_in: queryOrderOpenIn,
      },
      explain: explainOrder,
    },
    OrderLine: {
      key: orderLineKey,
      indexes: { GSI1: orderLineGsi1 },
      queries: { of_product: queryOrderLineOfProduct },
      explain: explainOrderLine,
    },
    Product: {
      key: productKey,
      indexes: { GSI1: productGsi1, GSI2: productGsi2 },
      queries: { in_category: queryProductInCategory },
      explain: explainProduct,
    },
    Invoice: {
      key: invoiceKey,
      indexes: { GSI1: invoiceGsi1, GSI2: invoiceGsi2, GSI3: invoiceGsi3 },
      queries: {
        by_number: queryInvoiceByNumber,
        billed_to: queryInvoiceBilledTo,
        unpaid: queryInvoiceUnpaid,
      },
      explain: explainInvoice,
    },
  },
  explain,
} as const;
