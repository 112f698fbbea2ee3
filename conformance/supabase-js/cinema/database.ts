// The part of the cinema that the typed tests use, in the form that `supabase gen types` writes.

interface Film {
  id: number
  title: string
  year: number | null
  director_id: number | null
}

interface Director {
  id: number
  name: string
  born: string | null
}

interface Table<Row, Relationships extends readonly unknown[] = []> {
  Row: Row & Record<string, unknown>
  Insert: Partial<Row> & Record<string, unknown>
  Update: Partial<Row> & Record<string, unknown>
  Relationships: Relationships
}

interface OfDirector {
  foreignKeyName: 'films_director_id_fkey'
  columns: ['director_id']
  isOneToOne: false
  referencedRelation: 'directors'
  referencedColumns: ['id']
}

/** The type argument of `createClient`. */
export interface Cinema {
  __InternalSupabase: { PostgrestVersion: '14.1' }
  public: {
    Tables: {
      films: Table<Film, [OfDirector]>
      max_affected_films: Table<Film>
      directors: Table<Director>
    }
    Views: { recent_films: { Row: Film & Record<string, unknown>; Relationships: [] } }
    Functions: { films_of: { Args: { director: number }; Returns: Film[] } }
  }
}
