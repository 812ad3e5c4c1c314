// Which component draws which screen: one table, complete by its type.

import type { ComponentType } from 'react'
import type { FlowState, ScreenName, Tap } from '../flow/flow-state.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { AttendanceListScreen, AttendanceScreen } from './attendance-screen.tsx'
import { AttractScreen } from './attract-screen.tsx'
import { BeginAnewScreen } from './begin-anew-screen.tsx'
import { BegunAnewScreen, RestockDoneScreen, UnfinishedScreen } from './closing-screens.tsx'
import { BeginningAnewScreen, CommittingScreen, RestockCommittingScreen } from './committing-screen.tsx'
import { ConfirmScreen } from './confirm-screen.tsx'
import { DoneScreen } from './done-screen.tsx'
import { GreetingScreen } from './greeting-screen.tsx'
import { HandOverScreen, RegisterByPhoneScreen } from './hand-off-screen.tsx'
import { MyPointsScreen } from './my-points-screen.tsx'
import { NotUnderstoodScreen } from './not-understood-screen.tsx'
import { OutOfOrderScreen } from './out-of-order-screen.tsx'
import { RedemptionsScreen, UndoScreen } from './redemptions-screen.tsx'
import { RefusedScreen } from './refused-screen.tsx'
import { RegisterDoneScreen } from './register-done-screen.tsx'
import { RegisterScreen } from './register-screen.tsx'
import { ReplacedScreen } from './replaced-screen.tsx'
import { RestockScreen } from './restock-screen.tsx'
import { SetUpScreen } from './set-up-screen.tsx'
import { ShelfScreen } from './shelf-screen.tsx'
import { StaffHomeScreen } from './staff-home-screen.tsx'
import { StaffPinScreen } from './staff-pin-screen.tsx'
import { StartingScreen } from './starting-screen.tsx'
import { SyncReportScreen } from './sync-report-screen.tsx'
import { TrainingCalendarScreen } from './training-calendar-screen.tsx'
import { TrainingScreen } from './training-screen.tsx'
import { TrainingsScreen } from './trainings-screen.tsx'
import { OwnWishScreen, WallWishScreen } from './wish-screen.tsx'
import { WishCheckScreen } from './wish-check-screen.tsx'
import { WishTypingScreen } from './wish-typing-screen.tsx'
import { WishesScreen } from './wishes-screen.tsx'

export const SCREENS: { readonly [Name in ScreenName]: ComponentType<ScreenProps<Name>> } = {
  starting: StartingScreen,
  attract: AttractScreen,
  greeting: GreetingScreen,
  shelf: ShelfScreen,
  confirm: ConfirmScreen,
  refused: RefusedScreen,
  my_points: MyPointsScreen,
  trainings: TrainingsScreen,
  training_calendar: TrainingCalendarScreen,
  training: TrainingScreen,
  wishes: WishesScreen,
  wall_wish: WallWishScreen,
  wish: OwnWishScreen,
  wish_typing: WishTypingScreen,
  wish_check: WishCheckScreen,
  register: RegisterScreen,
  register_done: RegisterDoneScreen,
  hand_off: HandOverScreen,
  register_by_phone: RegisterByPhoneScreen,
  committing: CommittingScreen,
  done: DoneScreen,
  unfinished: UnfinishedScreen,
  staff_pin: StaffPinScreen,
  staff_home: StaffHomeScreen,
  restock: RestockScreen,
  restock_committing: RestockCommittingScreen,
  restock_done: RestockDoneScreen,
  sync_report: SyncReportScreen,
  redemptions: RedemptionsScreen,
  attendance_list: AttendanceListScreen,
  attendance: AttendanceScreen,
  undo: UndoScreen,
  begin_anew: BeginAnewScreen,
  beginning_anew: BeginningAnewScreen,
  begun_anew: BegunAnewScreen,
  set_up: SetUpScreen,
  not_understood: NotUnderstoodScreen,
  out_of_order: OutOfOrderScreen,
  replaced: ReplacedScreen,
}

export interface CurrentScreenProps {
  state: FlowState
  text: Catalogue
  tap: (tap: Tap) => void
}

export function CurrentScreen({ state, text, tap }: CurrentScreenProps) {
  // The table gives each name the component of that very name; the type system cannot carry that through the lookup.
  const Drawn = SCREENS[state.screen.at] as ComponentType<ScreenProps<ScreenName>>
  return <Drawn state={state} screen={state.screen} text={text} tap={tap} />
}
