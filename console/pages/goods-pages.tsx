// The catalogue, and every shelf with what to bring.

import { type ReactNode, useState } from 'react'
import { changeItemDoor, type ItemRow, itemsDoor, LIMIT_PERIODS, STOCK_NEEDS, stockDoor, type StockRow } from '../../contract/console/goods.ts'
import { hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { ActForm } from '../parts/act-form.tsx'
import { BarList } from '../parts/bar-list.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Choose, Field } from '../parts/field.tsx'
import { Chip, PageHead, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { itemWords, stockWords } from '../text/goods-words.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { showDay } from '../text/times.ts'
import { type OfficePage, STAFF } from './office-page.ts'

const NEED_TONES: Record<StockRow['need'], Tone> = { out: 'bad', low: 'warm', soon_out: 'warm', enough: 'good' }
const CHARTED_ROWS = 12

function itemColumns(said: TextOf<typeof itemWords>, { frame, of }: Tell, change: ((item: ItemRow) => void) | null): Column<ItemRow>[] {
  return [
    { id: 'name', heading: said.name, sort: 'position', out: 'name', show: ({ name }) => of(name) },
    { id: 'category', heading: said.category, out: { key: 'category', words: said.categories }, show: ({ category }) => said.categories[category] ?? category },
    { id: 'price', heading: said.price, kind: 'number', sort: 'price', out: 'pricePoints', show: ({ pricePoints }) => frame.points(pricePoints) },
    { id: 'limit', heading: said.limit, show: ({ limit }) => (limit === null ? said.noLimit : said.limitOf(limit.quantity, said.period[limit.period])) },
    { id: 'onHand', heading: said.onHand, kind: 'number', out: 'unitsOnHand', show: ({ unitsOnHand }) => frame.units(unitsOnHand) },
    { id: 'offered', heading: said.offered, out: { key: 'isOffered', words: { true: said.yes, false: said.no } }, show: ({ isOffered }) => <Chip tone={isOffered ? 'good' : 'plain'}>{isOffered ? said.yes : said.no}</Chip> },
    ...(change === null
      ? []
      : [
          {
            id: 'acts', heading: said.acts,
            show: (item: ItemRow) => (
              <button type="button" className="button" aria-label={`${said.change} ${of(item.name)}`} onClick={() => change(item)}>
                {said.change}
              </button>
            ),
          },
        ]),
  ]
}

function ItemsPage(): ReactNode {
  const said = useWords(itemWords)
  const tell = useTell()
  const { role } = useWho()
  const table = useTable(itemsDoor)
  const [changing, setChanging] = useState<ItemRow | null>(null)
  return (
    <>
      <PageHead title={said.title} />
      <TableOf
        door={itemsDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id} columns={itemColumns(said, tell, role === 'district_staff' ? setChanging : null)}
        filters={[{ id: 'offered', label: said.offered, choices: [{ value: 'true', label: said.yes }, { value: 'false', label: said.no }] }]}
      />
      {changing !== null && (
        <ChangeItem
          item={changing} onClose={() => setChanging(null)}
          onDone={() => {
            setChanging(null)
            table.again()
          }}
        />
      )}
    </>
  )
}

function ChangeItem({ item, onDone, onClose }: { item: ItemRow; onDone: () => void; onClose: () => void }): ReactNode {
  const said = useWords(itemWords)
  const { of } = useTell()
  const [price, setPrice] = useState(String(item.pricePoints))
  const [isOffered, setOffered] = useState(item.isOffered)
  const [quantity, setQuantity] = useState(item.limit === null ? '' : String(item.limit.quantity))
  const [period, setPeriod] = useState(item.limit?.period ?? 'week')
  const before = { pricePoints: item.pricePoints, isOffered: item.isOffered, limit: item.limit }
  return (
    <Dialog title={of(item.name)} onClose={onClose}>
      <ActForm
        door={changeItemDoor} submit={said.save} onDone={onDone} onCancel={onClose}
        asked={() => ({ item: item.id, before, after: { pricePoints: Number(price), isOffered, limit: quantity === '' ? null : { quantity: Number(quantity), period } } })}
      >
        <Field label={said.price} type="number" min={0} max={100_000} required value={price} onChange={(event) => setPrice(event.target.value)} />
        <Field label={said.quantity} hint={said.quantityHint} type="number" min={1} max={1_000} value={quantity} onChange={(event) => setQuantity(event.target.value)} />
        <Choose label={said.per} value={period} choices={LIMIT_PERIODS.map((value) => ({ value, label: said.period[value] }))} onChange={(event) => setPeriod(LIMIT_PERIODS.find((one) => one === event.target.value) ?? period)} />
        <Choose label={said.offered} value={String(isOffered)} choices={[{ value: 'true', label: said.yes }, { value: 'false', label: said.no }]} onChange={(event) => setOffered(event.target.value === 'true')} />
      </ActForm>
    </Dialog>
  )
}

function stockColumns(said: TextOf<typeof stockWords>, { frame, of }: Tell): Column<StockRow>[] {
  return [
    { id: 'station', heading: said.station, sort: 'station', out: 'stationName', show: ({ station, stationName }) => <a href={hrefOf('stations', station)}>{of(stationName)}</a> },
    { id: 'item', heading: said.item, out: 'itemName', show: ({ itemName }) => of(itemName) },
    { id: 'onHand', heading: said.onHand, kind: 'number', sort: 'onHand', out: 'onHand', show: ({ onHand }) => frame.units(onHand) },
    { id: 'taken', heading: said.taken, kind: 'number', out: 'takenUnits', show: ({ takenUnits }) => takenUnits },
    { id: 'days', heading: said.days, kind: 'number', sort: 'daysLeft', out: 'daysLeft', show: ({ daysLeft }) => (daysLeft === null ? said.lasts : said.daysOf(daysLeft)) },
    { id: 'expiry', heading: said.expiry, kind: 'time', show: ({ nextExpiryDay }) => (nextExpiryDay === null ? frame.nothing : showDay(nextExpiryDay)) },
    { id: 'need', heading: said.need, out: { key: 'need', words: said.needs }, show: ({ need }) => <Chip tone={NEED_TONES[need]}>{said.needs[need]}</Chip> },
    { id: 'bring', heading: said.bring, kind: 'number', out: 'bring', show: ({ bring }) => (bring === 0 ? frame.nothing : frame.units(bring)) },
  ]
}

function StockPage(): ReactNode {
  const said = useWords(stockWords)
  const tell = useTell()
  const table = useTable(stockDoor)
  const scarce = useTable(stockDoor).answer?.rows.filter(({ daysLeft }) => daysLeft !== null).slice(0, CHARTED_ROWS) ?? []
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      {scarce.length > 0 && (
        <>
          <h2>{said.chart}</h2>
          <BarList
            label={said.chartLabel}
            bars={scarce.map(({ station, item, stationName, itemName, daysLeft, need }) => ({ key: `${station}/${item}`, name: `${tell.of(itemName)} · ${tell.of(stationName)}`, value: daysLeft ?? 0, shown: said.daysOf(daysLeft ?? 0), tone: NEED_TONES[need] }))}
          />
        </>
      )}
      <TableOf
        door={stockDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ station, item }) => `${station}/${item}`} columns={stockColumns(said, tell)}
        filters={[{ id: 'need', label: said.need, choices: [{ value: 'refill', label: said.refill }, ...STOCK_NEEDS.map((value) => ({ value, label: said.needs[value] }))] }]}
      />
    </>
  )
}

export const itemsPage: OfficePage = { path: 'items', title: itemWords, group: 'goods', door: 'items', roles: STAFF, Show: ItemsPage }
export const stockPage: OfficePage = { path: 'stock', title: stockWords, group: 'goods', door: 'stock', roles: STAFF, Show: StockPage }
